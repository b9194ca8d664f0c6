import { execFile } from 'node:child_process';

/** atftp 0.8 gives up when an OACK comes twice, as it must when its acknowledgement was lost or late (RFC 2347). */
const GAVE_UP = 'unexpected OACK';
const TRIES = 6;

/**
 * Runs somebody else's program in `folder` and gives what it wrote; rejects when it fails or takes longer than 150 s. atftp is
 * given another try where it met its own flaw.
 */
export async function runProgram(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await runOnce(folder, program, args);
    } catch (error) {
      if (left === 1 || !(error instanceof Error) || !error.message.includes(GAVE_UP)) throw error;
    }
  }
}

function runOnce(folder: string, program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { timeout: 150_000, cwd: folder }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')}: ${error.message} ${stderr}`));
      else resolve(stdout + stderr);
    });
  });
}
