import { finding } from './finding.ts';
import { type LintRule, says, valueOf } from './subject.ts';

/**
 * The HTTP proxy of the phone, set half-way. A parameter that the file leaves out may have been set before; only what is
 * needed and is neither here nor has a factory value is told.
 */
export const proxy: LintRule = (subject) => {
  const mode = subject.last.get('Proxy_Mode');
  if (!mode) {
    const host = subject.last.get('Proxy_Host');
    return host === undefined || host.value === '' ? [] : [finding('lint.proxy-unused', host.nameSpan)];
  }
  const lacks = (name: string): boolean => (valueOf(subject, name) ?? '') === '';
  const at = mode.valueSpan ?? mode.nameSpan;
  switch (mode.value.toLowerCase()) {
    case 'manual': {
      // The port has a factory value, 3128: only an empty one leaves the phone without.
      const missing = lacks('Proxy_Host') ? 'Proxy_Host' : subject.last.get('Proxy_Port')?.intent === 'empty' ? 'Proxy_Port' : null;
      const login = says(subject, 'Proxy_Server_Requires_Authentication', 'Yes')
        ? ['Proxy_Username', 'Proxy_Password'].filter(lacks)
        : [];
      return [
        ...(missing === null ? [] : [finding('lint.proxy-host', at, { missing })]),
        ...(login.length === 0 ? [] : [finding('lint.proxy-login', at, { missing: login.join(', ') })]),
      ];
    }
    case 'auto':
      return says(subject, 'Use_Auto_Discovery__WPAD_', 'No') && lacks('PAC_URL') ? [finding('lint.proxy-pac', at)] : [];
    default:
      return lacks('Proxy_Host') ? [] : [finding('lint.proxy-unused', subject.last.get('Proxy_Host')?.nameSpan ?? at)];
  }
};
