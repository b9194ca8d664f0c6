import { describe, expect, it } from 'vitest';
import { compareHardware, compareVersions, isVersion } from '../../../../../main/domain/rule/version.ts';

describe('comparing loads', () => {
  it.each([
    // The truth table of Cisco's provisioning chapter.
    ['sip88xx.11-3-1MPP-110', 'higher', 'sip88xx.11-2-3MPP-256'],
    ['sip88xx.11-3-2MPP0002-256', 'higher', 'sip88xx.11-3-2MPP0001-609'],
    ['sip88xx.11-0-0MPP', 'higher', 'sip88xx.9-3-1-7MPP'],
    // Fields in their order.
    ['11-3-2MPP0001-609', 'equal', 'sip88xx.11-3-2MPP0001-609.loads'],
    ['sip68xx.11-2-3MSR1-1', 'higher', 'sip88xx.11-2-3MPP-999'],
    ['12-0-7MPP0201-66', 'higher', '11-9-9MPP9999-9999'],
    ['11-0-10MPP', 'higher', '11-0-9MPP'],
    ['11-0-0MPP-7', 'higher', '11-0-0MPP-6'],
    ['11-0-0MPP', 'lower', '11-0-0MPP-376'],
    ['11-0-0', 'lower', '11-0-0MPP'],
    ['11-1-1MSR-1dev', 'higher', '11-1-1MSR-1'],
  ])('%s is %s than %s', (a, order, b) => {
    expect(compareVersions(a, b)).toBe(order);
    expect(compareVersions(b, a)).toBe(order === 'higher' ? 'lower' : order === 'lower' ? 'higher' : 'equal');
  });

  it('doubtful: goes by the alphabet where the chapter claims that 68xx 11-0-0MPP is older than 11-0-0MN-1MPP', () => {
    expect(compareVersions('sip68xx.11-0-0MPP-1', 'sip68xx.11-0-0MN-1MPP-BN')).toBe('higher');
  });

  it.each([
    ['sip8845_65.0104-MPP-9875dev', 'sip8845_65.11-1-1MSR-1'],
    ['11-0-0MPP-BN', '11-0-0MPP-376'],
    ['11-0-0M?P', '11-0-0MPP'],
  ])('cannot compare %s with %s: the field that decides cannot be read', (a, b) => {
    expect(compareVersions(a, b)).toBe('not-comparable');
  });

  it('passes over an odd field that decides nothing', () => {
    expect(compareVersions('12-0-0MN-1MPP-BN', '11-0-0MPP-1')).toBe('higher');
    expect(compareVersions('9-3-1-7MPP-BN', '9-3-1-7MPP-BN')).toBe('equal');
  });
});

describe('what is a load', () => {
  it.each([
    'sip88xx.11-0-0MPP-376', 'sip7832.11-3-2MPP0001-609', 'sip88xx.11-2-3MSR1-1', 'sip88xx.12-0-7MPP0201-66',
    'sip8845_65.11-1-1MSR-1dev.loads', 'sip88xx.9-3-1-7MPP-BN', 'sip8845_65.0104-MPP-9875dev.loads', 'sip68xx.11-0-0MN-1MPP-BN', '11-0-0',
  ])('%s is one', (text) => expect(isVersion(text)).toBe(true));

  it.each(['11.0.0', '11', '11-0', 'CP-8841-3PCC', '', '-1', 'sip88xx.'])('%j is none', (text) => expect(isVersion(text)).toBe(false));
});

it('compares hardware versions number by number', () => {
  expect(compareHardware('2.0.10', '2.0.9')).toBe('higher');
  expect(compareHardware('2.0', '2.0.1')).toBe('lower');
  expect(compareHardware('2.0.1', '2.0.1')).toBe('equal');
});
