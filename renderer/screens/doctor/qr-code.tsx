import { qrcode } from 'bwip-js/browser';
import { useMemo } from 'react';
import styles from './doctor.module.css';
import { PathDrawing } from './path-drawing.ts';

/** The text as a QR code, drawn as one path; dark on light in every theme, because readers want it so. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const drawing = useMemo(() => qrcode({ bcid: 'qrcode', text, scale: 4 }, new PathDrawing()), [text]);
  const quiet = 16;
  return (
    <svg className={styles.qr} role="img" aria-label={label} viewBox={`${-quiet} ${-quiet} ${drawing.width + 2 * quiet} ${drawing.height + 2 * quiet}`}>
      <rect x={-quiet} y={-quiet} width={drawing.width + 2 * quiet} height={drawing.height + 2 * quiet} fill="#ffffff" />
      <path d={drawing.path} fill="#000000" fillRule="evenodd" />
    </svg>
  );
}
