#!/usr/bin/env node
import { caCommand } from './ca.ts';
import { eventsCommand } from './events.ts';
import { evidenceCommand } from './evidence.ts';
import { commandEnd, type ExitCode } from './exit.ts';
import { firmwareCommand } from './firmware.ts';
import type { CommandIo } from './io.ts';
import { keysCommand } from './keys.ts';
import { phoneCommand } from './phone.ts';
import { phonesCommand } from './phones.ts';
import { probeCommand } from './probe.ts';
import { profileCommand } from './profile/profile.ts';
import { profilesCommand } from './profiles.ts';
import { reportsCommand } from './reports.ts';
import { serveCommand } from './serve.ts';
import { whenAsked } from './signals.ts';
import { statusCommand } from './status.ts';

const USAGE = `dialbench COMMAND …

  serve     the bench: servers, record and user interface
  status    servers and phones of a workspace            [--data DIR] [--json]
  events    the evidence                                 [--data DIR] [--follow] [--json] [--phone MAC] [--since SEQ]
  phones    import FILE.csv | list | remove MAC …        [--data DIR] [--dry-run] [--json]
  profiles  add NAME FILE|--ready NAME | place | list | show | history | restore | remove   --for, --path, --protect, --key-of   [--data DIR]
  reports   list [--phone MAC] | show ID | compare MAC   what phones say they hold   [--data DIR] [--json]
  profile   on files, no workspace needed
            lint FILE… [--fix] [--model 8841] [--bench ADDRESS] [--vars FILE.csv] [--json]
            format FILE [--write] | diff A B [--json] | render FILE [--phones FILE.csv --mac MAC] [--vars-file FILE]
            rule 'RULE' [--facts FILE] [--kind profile|upgrade|report|ca|trigger] [--json]
            encrypt FILE --key-file FILE [--container gzip|aes|gzip-aes|aes128gcm] [--digest md5|sha256] [--out FILE]
            decrypt FILE --key-file FILE [--raw] [--json] [--out FILE]
  keys      list | make MAC… | take MAC --key-file FILE | reveal ID | remove ID    [--data DIR] [--use passphrase|ikm]
  ca        show | pem | renew [--days N] [--name FQDN]… | request [--out FILE] | import CHAIN.pem [--key-file FILE] | own
            clients off|asked|required | floor TLS1.2      certificates of HTTPS   [--data DIR] [--json]
  firmware  add FILE|FOLDER|ZIP … | list | show NAME | verify | remove NAME | plan LOAD | make-sample FOLDER   [--data DIR] [--json]
            push LOAD [--through LOAD]… [--for '*'|MODEL|MAC] [--into TEMPLATE] | waves | store URL|off
            pause|resume|cancel MAC|all | release MAC
  evidence  verify                                       [--data DIR] [--json]
  probe     plays the clients: is every server of a bench reachable and right?     --server HOST
  phone     virtual phones                               --server HOST [--count N]

Exit codes: 0 done, 1 the answer is "no", 2 wrong usage, 3 could not run.
`;

type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  status: statusCommand,
  events: eventsCommand,
  phones: phonesCommand,
  profiles: profilesCommand,
  reports: reportsCommand,
  profile: profileCommand,
  keys: keysCommand,
  ca: caCommand,
  evidence: evidenceCommand,
  firmware: firmwareCommand,
  probe: probeCommand,
  phone: phoneCommand,
};

/** Commands of the stable list that come with later versions. */
const LATER = ['batch', 'bundle'];

process.exitCode = await run(process.argv.slice(2));

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(USAGE);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    process.stderr.write(
      LATER.includes(name) ? `dialbench ${name} is not part of this version.\n` : `There is no command ${JSON.stringify(name)}.\n\n${USAGE}`,
    );
    return 2;
  }
  // `dialbench events | head`: a reader that goes away ends the command quietly.
  const gone = new AbortController();
  process.stdout.on('error', () => gone.abort());
  try {
    return await command(args, { stdout: process.stdout, stderr: process.stderr, signal: AbortSignal.any([whenAsked(), gone.signal]) });
  } catch (error) {
    return tell(error);
  }
}

function tell(error: unknown): ExitCode {
  const { exitCode, message } = commandEnd(error);
  process.stderr.write(`${message}\n`);
  return exitCode;
}
