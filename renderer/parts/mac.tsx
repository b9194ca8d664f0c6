import { UnstyledButton } from '@mantine/core';
import { macForEyes, type Mac } from '../../common/values/mac.ts';
import { useText } from '../text/i18n.ts';
import { useCopy } from './copy.tsx';
import styles from './mac.module.css';

/** Capital pairs for eyes; a click copies 12 hex digits, and so does a selection. */
export function MacAddress({ mac, className }: { readonly mac: Mac; readonly className?: string | undefined }) {
  const t = useText('common');
  const copy = useCopy();
  return (
    <UnstyledButton
      component="button"
      className={`${styles.mac} ${className ?? ''}`}
      aria-label={t('copy-mac', { mac: macForEyes(mac) })}
      onClick={() => copy(mac, `${t('copied')}: ${mac}`)}
      onCopy={(event) => {
        event.clipboardData.setData('text/plain', mac);
        event.preventDefault();
      }}
    >
      {macForEyes(mac)}
    </UnstyledButton>
  );
}
