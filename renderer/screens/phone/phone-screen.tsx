import type { Mac } from '../../../common/values/mac.ts';
import { MacAddress } from '../../parts/mac.tsx';
import { Page } from '../../parts/page.tsx';

export function PhoneScreen({ mac }: { readonly mac: Mac }) {
  return <Page title={<MacAddress mac={mac} />} />;
}
