import { Menu, UnstyledButton } from '@mantine/core';
import type { Ref } from 'react';
import type { TemplateView } from '../../../../common/contract/views/workspace.ts';
import { router } from '../../../model/router.ts';
import menu from '../../../parts/menu.module.css';
import { Icon } from '../../../parts/sign.tsx';
import { useText } from '../../../text/i18n.ts';
import { draftOf } from '../draft.ts';
import styles from '../profiles.module.css';
import { scopeWords } from '../scope-words.ts';
import { openTemplate } from '../use-templates.ts';

/** The name of the open template; behind it all the others, with whom they are for. */
export function TemplateMenu({ ref, view, templates, onNew, onRemove }: {
  readonly ref: Ref<HTMLButtonElement>;
  readonly view: TemplateView;
  readonly templates: readonly TemplateView[];
  readonly onNew: () => void;
  readonly onRemove: () => void;
}) {
  const t = useText('profiles');
  const sorted = templates.toSorted((a, b) => Number(a.scope === null) - Number(b.scope === null) || a.name.localeCompare(b.name));
  return (
    <>
      <h1 className="visually-hidden">{t('title')}: {view.name}</h1>
      <Menu classNames={{ dropdown: `${menu.list} ${styles.menu}`, item: menu.item ?? '', itemIndicator: menu.mark ?? '' }} position="bottom-start" alignItemsLabels="all">
        <Menu.Target>
          <UnstyledButton ref={ref} className={styles.name} aria-label={t('choose', { name: view.name })}>
            <span className="cut-off">{view.name}</span>
            <Icon name="down" size={16} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={view.name} onChange={(name) => openTemplate.set(name)}>
            {sorted.map((each) => (
              <Menu.RadioItem key={each.name} value={each.name} closeMenuOnClick checkIcon={<Icon name="check" size={16} />}>
                <span className={styles.choice}>
                  <b className="cut-off">{each.name}</b>
                  <small>
                    {[scopeWords(each.scope, t), each.path, t('serves', { count: each.phones, n: each.phones }), draftOf(each.name)?.changed.get() ? t('unsaved') : null].filter(Boolean).join(' · ')}
                  </small>
                </span>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="plus" size={16} />} onClick={onNew}>{t('new')}…</Menu.Item>
          <Menu.Item leftSection={<Icon name="key" size={16} />} onClick={() => router.go({ name: 'doctor' })}>{t('keys')}</Menu.Item>
          <Menu.Item leftSection={<Icon name="close" size={16} />} onClick={onRemove}>{t('remove', { name: view.name })}…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
