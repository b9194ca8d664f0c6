import { describe, expect, it } from 'vitest';
import type { FirmwareHop, FirmwarePath, FirmwarePlan } from '../../../../../common/values/firmware.ts';
import { aboutWords, foundationWords, hopsOf, type FirmwareText } from '../../../../../renderer/screens/firmware/firmware-words.ts';
import { formatDuration } from '../../../../../renderer/text/format.ts';

const format = { duration: (ms: number) => formatDuration(ms, 'en').replaceAll('\u202f', ' ') };
const t = ((key: string, places: Readonly<Record<string, string>> = {}) => [key, ...Object.values(places)].join(' ')) as FirmwareText;
const hop = (version: string, more: Partial<FirmwareHop> = {}): FirmwareHop => ({ load: `sip88xx.${version}.loads`, version, bytes: 1, role: 'hop', problem: null, ...more });
const path = (hops: readonly FirmwareHop[], more: Partial<FirmwarePath> = {}): FirmwarePath => ({ family: 'sip88xx', models: [], phones: [], from: null, hops, problem: null, ...more });
const plan = (paths: readonly FirmwarePath[]): FirmwarePlan => ({ family: 'sip88xx', target: 'sip88xx.12-0-7.loads', paths, rule: null, problems: [] });

describe('the words of a plan', () => {
  it('tells about how many minutes, never less than one, and nothing while nothing is known', () => {
    expect(aboutWords({ predictedSeconds: 372, predictedFrom: 'measured' }, t, format)).toBe('plan.about 6 min');
    expect(aboutWords({ predictedSeconds: 8, predictedFrom: 'link' }, t, format)).toBe('plan.about 1 min');
    expect(aboutWords({ predictedSeconds: 6_120 }, t, format)).toBe('plan.about 1 h 42');
    expect(aboutWords({}, t, format)).toBe('');
  });

  it('tells what the time rests on', () => {
    expect(foundationWords({ predictedSeconds: 8, predictedFrom: 'link' }, t)).toBe('plan.from.link');
    expect(foundationWords({ predictedFrom: 'link' }, t)).toBe('');
  });

  it('names each load once that a phone would take, in order, those of groups that stay left out', () => {
    const stays = path([hop('10-1-1')], { problem: { code: 'firmware.downgrade', params: {} } });
    const broken = path([hop('9-0-0', { problem: { code: 'firmware.sibling-missing', params: {} } })]);
    expect(hopsOf(plan([path([hop('12-0-7')]), path([hop('11-3-1'), hop('12-0-7')]), stays, broken])).map(({ version }) => version)).toEqual(['11-3-1', '12-0-7']);
  });
});
