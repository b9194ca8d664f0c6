/** The mark of the product, in ink on paper. */
export function Logo() {
  return (
    <svg width="32" height="32" viewBox="0 0 32 32" role="img" aria-label="Dialbench">
      <rect x="1" y="1" width="30" height="30" rx="7" fill="var(--ink)" />
      <g fill="var(--surface)">
        <rect x="7" y="8" width="5" height="5" rx="1.2" />
        <rect x="13.5" y="8" width="5" height="5" rx="1.2" />
        <rect x="20" y="8" width="5" height="5" rx="1.2" />
        <rect x="7" y="14.5" width="5" height="5" rx="1.2" />
        <rect x="13.5" y="14.5" width="5" height="5" rx="1.2" />
      </g>
      <path d="M14.5 23.2l3.3 3.1 7.6-8.8" fill="none" stroke="#46BC8B" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
