import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './menu.module.css';
import { Icon } from './sign.tsx';

/** One of a few, behind a button: a menu of radio items. `children` is the button, which says the choice in its name. */
export function ChoiceMenu<V extends string>({ value, choices, onChange, children }: {
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
  readonly children: ReactNode;
}) {
  return (
    <Menu classNames={{ dropdown: styles.list ?? '', item: styles.item ?? '', itemIndicator: styles.mark ?? '' }} position="bottom-end" alignItemsLabels="all">
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={value} onChange={(next) => onChange(next as V)}>
          {choices.map((choice) => (
            <Menu.RadioItem key={choice.value} value={choice.value} closeMenuOnClick checkIcon={<Icon name="check" size={16} />}>
              {choice.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
