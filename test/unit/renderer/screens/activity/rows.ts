import type { RequestRow, SyslogRow } from '../../../../../common/contract/views/activity.ts';

export function requestRow(part: Partial<RequestRow> = {}): RequestRow {
  return {
    seq: 1, at: 0, server: 'http', mac: null, number: null, peer: '10.20.0.9:5000', asked: 'GET', what: '/x.cfg', answer: '200', tone: 'ok',
    code: null, bytes: null, tookMs: null, exchange: null, detail: {}, ...part,
  };
}

export function lineRow(part: Partial<SyslogRow> = {}): SyslogRow {
  return { id: 1, at: 0, severity: 5, mac: null, number: null, peer: '10.20.0.9:514', text: 'line', ...part };
}
