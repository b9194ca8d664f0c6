import { expect, it } from 'vitest';
import { bindFailure } from '../../../../main/servers/bind-failure.ts';

const refused = (code: string): Error => Object.assign(new Error(`listen ${code}`), { code });
const asked = { address: '10.20.0.1', port: 80, transport: 'tcp' } as const;

it('a refused port has a code, and what helps against it on each system', () => {
  expect(bindFailure(refused('EADDRINUSE'), asked)).toMatchObject({ code: 'server.port-taken-unknown', params: { port: 80, transport: 'tcp' }, cause: 'EADDRINUSE' });
  expect(bindFailure(refused('EACCES'), asked, 'linux').params['command']).toBe('sudo sysctl -w net.ipv4.ip_unprivileged_port_start=53');
  expect(bindFailure(refused('EACCES'), asked, 'win32').params['command']).toBe('netsh interface ipv4 show excludedportrange protocol=tcp');
  expect(bindFailure(refused('EADDRNOTAVAIL'), asked)).toMatchObject({ code: 'server.address-missing', params: { address: '10.20.0.1' } });
  expect(bindFailure(refused('EMFILE'), asked)).toMatchObject({ code: 'server.bind-failed', params: { port: 80, cause: 'EMFILE' } });
  expect(bindFailure('something else', asked)).toMatchObject({ code: 'server.bind-failed', params: { cause: 'something else' } });
});
