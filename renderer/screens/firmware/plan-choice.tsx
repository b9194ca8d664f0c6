import { Menu } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { parseMac, macForEyes } from '../../../common/values/mac.ts';
import type { FirmwareLoad } from '../../../common/values/firmware.ts';
import { bench } from '../../model/bench.ts';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { ChoiceMenu } from '../../parts/choice-menu.tsx';
import { Field } from '../../parts/field.tsx';
import menu from '../../parts/menu.module.css';
import { Icon } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import styles from './firmware.module.css';
import { findPhone, hopsBefore, versionWords } from './firmware-words.ts';
import { choose, chooseTarget, type PlanChoice } from './use-plan.ts';

const ONE = 'one';

/** Where to, through which loads, for which phones; behind that what it costs. */
export function PlanChoiceBar({ loads, wish, children }: { readonly loads: readonly FirmwareLoad[]; readonly wish: PlanChoice; readonly children: ReactNode }) {
  const t = useText('firmware');
  const target = loads.find(({ name }) => name === wish.target);
  const hops = target ? hopsBefore(loads, target) : [];
  return (
    <div className={styles.choice}>
      <ChoiceMenu value={wish.target ?? ''} choices={loads.map((load) => ({ value: load.name, label: t('plan.load', { version: versionWords(load.version), family: load.family }) }))} onChange={chooseTarget}>
        <Button size="small">{t('plan.target-is', { load: target ? t('plan.load', { version: versionWords(target.version), family: target.family }) : t('plan.target-none') })}<Icon name="down" size={12} /></Button>
      </ChoiceMenu>
      <Menu classNames={{ dropdown: menu.list ?? '', item: menu.item ?? '', itemIndicator: menu.mark ?? '' }} position="bottom-start" alignItemsLabels="all" closeOnItemClick={false}>
        <Menu.Target>
          <Button size="small" cannot={hops.length === 0 ? t('plan.no-hops') : null}>
            {wish.through.length === 0 ? t('plan.direct') : t('plan.through', { versions: hops.filter(({ name }) => wish.through.includes(name)).map(({ version }) => versionWords(version)).join(', ') })}<Icon name="down" size={12} />
          </Button>
        </Menu.Target>
        {hops.length === 0 ? null : (
          <Menu.Dropdown>
            {hops.map((load) => (
              <Menu.CheckboxItem
                key={load.name}
                checked={wish.through.includes(load.name)}
                onChange={(checked) => choose({ through: checked ? [...wish.through, load.name] : wish.through.filter((name) => name !== load.name) })}
                checkIcon={<Icon name="check" size={16} />}
              >
                {t('plan.load', { version: versionWords(load.version), family: load.family })}
              </Menu.CheckboxItem>
            ))}
          </Menu.Dropdown>
        )}
      </Menu>
      <ScopeChoice wish={wish} />
      {children}
    </div>
  );
}

function ScopeChoice({ wish }: { readonly wish: PlanChoice }) {
  const t = useText('firmware');
  const macs = useSignal(bench.macs);
  const mac = parseMac(wish.scope);
  const [asking, setAsking] = useState(mac !== null);
  const [text, setText] = useState(() => (mac ? macForEyes(mac) : ''));
  const models = [...new Set(macs.flatMap((each) => bench.phone(each)?.model ?? []))].toSorted();
  const wrong = asking && text !== '' && findPhone(text, bench.all()) === null;
  const pick = (value: string) => {
    setAsking(value === ONE);
    if (value !== ONE) choose({ scope: value, allowDowngrade: false });
  };
  const type = (next: string) => {
    setText(next);
    const found = findPhone(next, bench.all());
    if (found) choose({ scope: found, allowDowngrade: false });
  };
  return (
    <>
      <ChoiceMenu value={asking ? ONE : wish.scope} choices={[{ value: '*', label: t('plan.scope.all') }, ...models.map((model) => ({ value: model as string, label: model as string })), { value: ONE, label: t('plan.scope.one') }]} onChange={pick}>
        <Button size="small">{t('plan.scope', { scope: asking ? t('plan.scope.one') : wish.scope === '*' ? t('plan.scope.all') : wish.scope })}<Icon name="down" size={12} /></Button>
      </ChoiceMenu>
      {asking ? <Field className={styles.one} label={t('plan.scope.field')} hideLabel placeholder={t('plan.scope.field')} value={text} onChange={type} error={wrong ? t('plan.scope.none') : null} /> : null}
    </>
  );
}
