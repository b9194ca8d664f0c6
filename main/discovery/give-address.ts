import { spawn } from 'node:child_process';
import { done, failed, type Result } from '../../common/values/failure.ts';

/** An address that was given to a card and is taken back. */
export interface GivenAddress {
  readonly card: string;
  readonly cidr: string;
  /** Takes the address back; also happens by itself when this process ends in any way. */
  takeBack(): Promise<void>;
}

export interface AddressGiver {
  readonly platform: NodeJS.Platform;
  readonly root: boolean;
  /** Someone can be asked for rights: a graphical session with `pkexec`. */
  readonly desktop: boolean;
}

export const BENCH_ADDRESS = '10.20.0.1/24';
const ASK_LIMIT_MS = 60_000;
const PLAIN_LIMIT_MS = 10_000;
const NAME = /^[\w.:@ -]{1,64}$/;

/**
 * Gives a card 10.20.0.1/24 until the bench stops. The shell that set it holds the other end of a pipe: when the bench ends,
 * even by `kill -9`, the pipe closes and the address goes.
 * @returns `card.address-refused` with the exact command where the system does not let us.
 */
export async function giveAddress(card: string, giver: AddressGiver = thisComputer()): Promise<Result<GivenAddress>> {
  const command = addressCommand(card, giver.platform);
  if (!NAME.test(card) || card.startsWith('-')) return failed('card.unknown', { name: card });
  const refused = (cause: string): Result<GivenAddress> => failed('card.address-refused', { name: card, command }, cause);
  if (giver.platform === 'win32') return refused('Windows gives a program no such right');
  const asks = !giver.root && giver.platform === 'linux' && giver.desktop;
  if (!giver.root && !asks) return refused('not root, and nobody to ask');
  const [add, remove] =
    giver.platform === 'linux'
      ? ['ip address add "$2" dev "$1"', 'ip address delete "$2" dev "$1"']
      : ['ifconfig "$1" alias "$2"', 'ifconfig "$1" -alias "${2%/*}"'];
  // `read` ends when the pipe does. Signals meant for the terminal's group must not end the shell before it has undone its work.
  const script = `trap '' INT TERM HUP; ${add} || exit 1; echo given; read -r _; ${remove}`;
  const shell = ['/bin/sh', '-c', script, 'sh', card, BENCH_ADDRESS];
  return hold(asks ? ['pkexec', ...shell] : shell, card, asks ? ASK_LIMIT_MS : PLAIN_LIMIT_MS, refused);
}

/** What a person types when we may not. */
export function addressCommand(card: string, platform: NodeJS.Platform = process.platform): string {
  switch (platform) {
    case 'linux':
      return `sudo ip address add ${BENCH_ADDRESS} dev ${card}`;
    case 'win32':
      return `netsh interface ipv4 add address name="${card}" address=10.20.0.1 mask=255.255.255.0 store=active`;
    default:
      return `sudo ifconfig ${card} alias ${BENCH_ADDRESS}`;
  }
}

export function thisComputer(): AddressGiver {
  return {
    platform: process.platform,
    root: process.getuid?.() === 0,
    desktop: (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '',
  };
}

function hold(
  command: readonly string[],
  card: string,
  limitMs: number,
  refused: (cause: string) => Result<GivenAddress>,
): Promise<Result<GivenAddress>> {
  const [program = '/bin/sh', ...args] = command;
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-500);
  });
  // A closed pipe on stop is expected.
  child.stdin.on('error', () => undefined);
  const takeBack = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.stdin.end();
      child.kill('SIGKILL');
      resolve(refused('nobody answered the question for rights'));
    }, limitMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve(refused(error.message));
    });
    child.once('close', () => {
      clearTimeout(timer);
      resolve(refused(complaint.trim()));
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (!chunk.toString().includes('given')) return;
      clearTimeout(timer);
      resolve(done({ card, cidr: BENCH_ADDRESS, takeBack }));
    });
  });
}
