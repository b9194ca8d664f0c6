import { Tooltip, UnstyledButton } from '@mantine/core';
import { useId, type ComponentProps, type MouseEvent, type ReactNode, type Ref } from 'react';
import styles from './button.module.css';
import { KeyCap } from './key-cap.tsx';
import { Icon, Sign, type IconName } from './sign.tsx';

export interface ButtonProps extends Pick<ComponentProps<'button'>, 'id' | 'tabIndex' | 'aria-expanded' | 'aria-haspopup' | 'aria-controls' | 'onKeyDown' | 'onMouseEnter' | 'onMouseLeave' | 'onFocus' | 'onBlur'> {
  readonly children: ReactNode;
  readonly onClick?: ((event: MouseEvent<HTMLButtonElement>) => void) | undefined;
  /** At most one `primary` in a region. */
  readonly kind?: 'primary' | 'plain' | 'quiet';
  readonly size?: 'small' | 'middle' | 'large';
  readonly icon?: IconName | undefined;
  /** Key that does the same, shown where it acts. */
  readonly shortcut?: string | undefined;
  /** Why it cannot act now, in words. The button stays focusable, so that the reason can be read. */
  readonly cannot?: string | null | undefined;
  /** The action is on its way: the verb stays, a ring stands before it, a second click does nothing. */
  readonly working?: boolean;
  readonly submit?: boolean;
  readonly autoFocus?: boolean;
  readonly label?: string | undefined;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ children, onClick, kind = 'plain', size = 'middle', icon, shortcut, cannot, working = false, submit, autoFocus, label, className, ref, ...target }: ButtonProps) {
  const reason = useId();
  const idle = !cannot && !working;
  const classes = [styles.button, styles[kind], size === 'middle' ? '' : styles[size], cannot ? styles.cannot : '', className ?? ''];
  const button = (
    <UnstyledButton
      {...target}
      ref={ref}
      type={submit ? 'submit' : 'button'}
      className={classes.join(' ')}
      onClick={(event) => {
        if (!idle) event.preventDefault();
        else onClick?.(event);
      }}
      aria-disabled={!idle || undefined}
      aria-busy={working || undefined}
      aria-describedby={cannot ? reason : undefined}
      aria-label={label}
      aria-keyshortcuts={shortcut?.replace('Ctrl', 'Control').replaceAll(' ', '+')}
      data-autofocus={autoFocus || undefined}
    >
      {working ? <Sign name="working" size={16} percent={30} /> : icon ? <Icon name={icon} size={16} /> : null}
      {children}
      {shortcut ? <KeyCap>{shortcut}</KeyCap> : null}
    </UnstyledButton>
  );
  if (!cannot) return button;
  return (
    <>
      <Tooltip label={cannot} events={{ hover: true, focus: true, touch: true }} multiline maw={280}>
        {button}
      </Tooltip>
      <span id={reason} className="visually-hidden">{cannot}</span>
    </>
  );
}

/** A button of an icon alone; its name is read, and shown on hover and focus. */
export function IconButton({ icon, label, onClick, size = 'middle' }: { readonly icon: IconName; readonly label: string; readonly onClick: () => void; readonly size?: 'small' | 'middle' }) {
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: true }}>
      <UnstyledButton className={`${styles.button} ${styles.quiet} ${styles.iconOnly} ${size === 'small' ? styles.small : ''}`} aria-label={label} onClick={onClick}>
        <Icon name={icon} size={18} />
      </UnstyledButton>
    </Tooltip>
  );
}
