import type { PhoneView } from '../../../common/contract/views/phone.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Model } from '../../../common/values/model.ts';
import type { Stage } from '../../../common/values/stage.ts';

/** The four faces that first run explains. Drawings only: none of them is ever on a bench. */
export function samplePhones(now: number, doneStage: Stage): Readonly<Record<'expected' | 'working' | 'done' | 'attention', PhoneView>> {
  const phone: PhoneView = {
    mac: '00562b043615' as Mac, number: 1, enrolled: true, model: 'CP-8841-3PCC' as Model, serial: null, name: null, ip: null, firmware: null,
    stage: 'expected', stageAt: now, face: 'expected', attention: null, moving: null, upgrade: null, heardAt: null, version: 1,
  };
  return {
    expected: phone,
    working: { ...phone, stage: 'profile', face: 'writing', moving: { what: 'firmware', file: '', bytes: 0, percent: 62 }, heardAt: now },
    done: { ...phone, stage: doneStage, face: 'done', heardAt: now },
    attention: { ...phone, stage: 'addressed', face: 'attention', heardAt: now, attention: { code: 'phone.resync-failed', params: { error: 'Corrupt file' }, since: now } },
  };
}
