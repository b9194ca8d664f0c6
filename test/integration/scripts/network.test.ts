import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { makeTestNetwork, namespacesRefused } from '../../support/network/namespace.ts';

const refused = namespacesRefused();
if (refused !== null) console.warn(`skipped: cleaning up after tests, ${refused}`);

const { removeTestNetworks } = (await import(new URL('../../../scripts/setup/network.mjs', import.meta.url).href)) as {
  readonly removeTestNetworks: () => void;
};
const names = (): string => spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout;

describe('cleaning up after a run that was broken off', () => {
  it.skipIf(refused !== null)('removes the namespaces of a dead process and leaves those of a living one', () => {
    const dead = spawnSync('true').pid;
    const leftOver = `dialbench-left-${dead}`;
    spawnSync('ip', ['netns', 'add', leftOver]);
    spawnSync('ip', ['netns', 'add', 'other-name']);
    const living = makeTestNetwork('living', { cidr: '10.66.9.1/24', clients: 1 });
    expect(names()).toContain(leftOver);
    removeTestNetworks();
    expect(names()).not.toContain(leftOver);
    expect(names()).toContain(living.server);
    expect(names()).toContain('other-name');
    living.remove();
    spawnSync('ip', ['netns', 'delete', 'other-name']);
    expect(names()).not.toContain(living.server);
  });
});
