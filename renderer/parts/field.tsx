import { Textarea, TextInput } from '@mantine/core';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import styles from './field.module.css';
import { Icon, Sign, type IconName } from './sign.tsx';

export interface FieldProps {
  readonly label: string;
  /** The label is read, not shown: only where the place says it (search). */
  readonly hideLabel?: boolean;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  /** Sentence below, tied to the field. */
  readonly error?: string | null;
  readonly icon?: IconName;
  readonly right?: ReactNode;
  readonly mono?: boolean;
  readonly readOnly?: boolean;
  /** Dots instead of letters. */
  readonly secret?: boolean;
  readonly autoFocus?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  readonly className?: string | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'search';
  /** Id of the list box that this field steers, and of its chosen option: makes it a combobox. */
  readonly list?: string;
  readonly active?: string | undefined;
}

/** One line of text. */
export function Field({ ref, rightWidth, ...props }: FieldProps & { readonly ref?: Ref<HTMLInputElement>; readonly rightWidth?: number }) {
  const { icon, right, inputMode } = props;
  return (
    <TextInput
      {...shared(props)}
      {...(props.list ? { role: 'combobox', 'aria-expanded': true, 'aria-controls': props.list, 'aria-activedescendant': props.active } : {})}
      ref={ref ?? null}
      type={props.secret ? 'password' : 'text'}
      inputMode={inputMode}
      leftSection={icon ? <Icon name={icon} size={16} /> : undefined}
      rightSection={right}
      rightSectionWidth={rightWidth}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

/** Several lines, for pasted lists. */
export function TextField({ rows = 8, ref, ...props }: FieldProps & { readonly rows?: number; readonly ref?: Ref<HTMLTextAreaElement> }) {
  const common = shared(props);
  return (
    <Textarea
      {...common}
      ref={ref ?? null}
      rows={rows}
      classNames={{ ...common.classNames, input: `${common.classNames.input} ${styles.area}` }}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

function shared({ label, hideLabel, value, placeholder, hint, error, mono, readOnly, autoFocus, onKeyDown, className, icon, right }: FieldProps) {
  return {
    label: hideLabel ? undefined : label,
    'aria-label': hideLabel ? label : undefined,
    value,
    placeholder,
    description: hint,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] as ('label' | 'input' | 'error' | 'description')[],
    error: error ? (<><Sign name="attention" size={14} /> {error}</>) : undefined,
    readOnly: readOnly ?? false,
    'data-autofocus': autoFocus || undefined,
    onKeyDown,
    className,
    spellCheck: false,
    autoComplete: 'off',
    classNames: {
      input: `${styles.input} ${mono ? styles.mono : ''} ${icon ? styles.withLeft : ''} ${right ? styles.withRight : ''}`,
      label: styles.label ?? '',
      error: styles.error ?? '',
      description: styles.hint ?? '',
      section: styles.section ?? '',
    },
  };
}
