/**
 * Every sign and icon once; tiles and rows refer to them with `<use>` instead of drawing 1,000 times.
 * `--cut` is the ground below a sign, `--ring` how far it is (0–100), `--track` the rest of a ring.
 */
export function SignSheet() {
  return (
    <svg width="0" height="0" aria-hidden="true" focusable="false" style={{ position: 'absolute' }}>
      <Sign id="expected">
        <circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" strokeWidth="2.4" strokeDasharray="2.6 2.74" />
      </Sign>
      <Sign id="working">
        <Ring radius={8.5} width={4.4} />
      </Sign>
      <Sign id="writing">
        <Ring radius={9.9} width={3.4} />
        <path d="M13.2 5.6L7.9 13h3.4l-.7 5.4L15.9 11h-3.4z" fill="var(--ink)" />
      </Sign>
      <Sign id="attention">
        <path d="M12 1.8L23.2 21.6H.8z" fill="currentColor" />
        <path d="M12 8.6v6.2M12 18.2v.2" stroke="var(--cut)" strokeWidth="2.6" strokeLinecap="round" />
      </Sign>
      <Sign id="done">
        <circle cx="12" cy="12" r="11" fill="currentColor" />
        <path d="M6.6 12.5l3.7 3.7 7.2-8" fill="none" stroke="var(--cut)" strokeWidth="2.8" strokeLinecap="round" strokeLinejoin="round" />
      </Sign>
      <Sign id="held">
        <rect x="2" y="2" width="20" height="20" rx="3" fill="currentColor" />
        <path d="M9 7.5v9M15 7.5v9" stroke="var(--cut)" strokeWidth="2.8" strokeLinecap="round" />
      </Sign>
      <Sign id="off">
        <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" strokeWidth="2.4" />
      </Sign>
      <Sign id="on">
        <circle cx="12" cy="12" r="8" fill="currentColor" />
      </Sign>
      <Sign id="error">
        <path d="M7.6 1.5h8.8l6.1 6.1v8.8l-6.1 6.1H7.6l-6.1-6.1V7.6z" fill="currentColor" />
        <path d="M8.3 8.3l7.4 7.4M15.7 8.3l-7.4 7.4" stroke="var(--cut)" strokeWidth="2.6" strokeLinecap="round" />
      </Sign>
      {Object.entries(ICONS).map(([name, paths]) => (
        <symbol key={name} id={`icon-${name}`} viewBox="0 0 24 24">
          <path d={paths} fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" />
        </symbol>
      ))}
    </svg>
  );
}

/** Outlines of 24 × 24, one path each. */
export const ICONS = {
  bench: 'M4.5 4h4A1.5 1.5 0 0 1 10 5.5v4A1.5 1.5 0 0 1 8.5 11h-4A1.5 1.5 0 0 1 3 9.5v-4A1.5 1.5 0 0 1 4.5 4zM15.5 4h4A1.5 1.5 0 0 1 21 5.5v4a1.5 1.5 0 0 1-1.5 1.5h-4A1.5 1.5 0 0 1 14 9.5v-4A1.5 1.5 0 0 1 15.5 4zM4.5 14h4a1.5 1.5 0 0 1 1.5 1.5v4A1.5 1.5 0 0 1 8.5 21h-4A1.5 1.5 0 0 1 3 19.5v-4A1.5 1.5 0 0 1 4.5 14zM14.5 17.5l2.2 2.2 4-4.4',
  chip: 'M8 6h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM10 10h4v4h-4zM9.5 6V3M14.5 6V3M9.5 21v-3M14.5 21v-3M6 9.5H3M6 14.5H3M21 9.5h-3M21 14.5h-3',
  servers: 'M4.5 4h15A1.5 1.5 0 0 1 21 5.5v4a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 9.5v-4A1.5 1.5 0 0 1 4.5 4zM4.5 13h15a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18.5v-4A1.5 1.5 0 0 1 4.5 13zM7 7.5h.01M7 16.5h.01M12 7.5h5M12 16.5h5',
  activity: 'M3 12h4l3-8 4 16 3-8h4',
  wall: 'M4.5 4h15A1.5 1.5 0 0 1 21 5.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 14.5v-9A1.5 1.5 0 0 1 4.5 4zM8 20h8M12 16v4',
  help: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1 1-1.1 1.9M12 17h.01',
  settings: 'M15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1',
  down: 'M5 9l7 7 7-7',
  right: 'M9 5l7 7-7 7',
  back: 'M20 12H5M10.5 6L4.5 12l6 6',
  search: 'M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM16 16l5 5',
  sun: 'M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.8 1.8M17.2 17.2L19 19M19 5l-1.8 1.8M6.8 17.2L5 19',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4l13 8-13 8z',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  upload: 'M12 20V9M7 13l5-5 5 5M4 4h16',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  card: 'M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 20v-6h8v6M10 14v-2h4v2',
  wifi: 'M4 10a12 12 0 0 1 16 0M7 13.5a7.5 7.5 0 0 1 10 0M12 18h.01',
  vpn: 'M12 3l8 3v5c0 5-3.4 8.4-8 10-4.6-1.6-8-5-8-10V6z',
  shield: 'M12 3l8 3v5c0 5-3.4 8.4-8 10-4.6-1.6-8-5-8-10V6zM8.5 12l2.5 2.5 4.5-5',
  virtual: 'M8 4H6a2 2 0 0 0-2 2v2M16 4h2a2 2 0 0 1 2 2v2M8 20H6a2 2 0 0 1-2-2v-2M16 20h2a2 2 0 0 0 2-2v-2M11 4h2M11 20h2M4 11v2M20 11v2',
  tiles: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  table: 'M4 6h16M4 12h16M4 18h16',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  close: 'M6 6l12 12M18 6L6 18',
  lock: 'M6.5 11h11A1.5 1.5 0 0 1 19 12.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11zM8 11V8a4 4 0 0 1 8 0v3',
  plus: 'M12 5v14M5 12h14',
  resync: 'M20 11a8 8 0 0 0-14.3-4L3 9.5M3 4v5.5h5.5M4 13a8 8 0 0 0 14.3 4L21 14.5M21 20v-5.5h-5.5',
  copy: 'M9.5 8h9A1.5 1.5 0 0 1 20 9.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 8 18.5v-9A1.5 1.5 0 0 1 9.5 8zM16 8V4H4v12h4',
  stop: 'M7 6h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1z',
  clock: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 7v5l3.5 2',
  undo: 'M8 5L3.5 9.5 8 14M4 9.5h10a6 6 0 0 1 0 12h-3',
  show: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0z',
  hide: 'M4.5 9C3.2 10.5 2.5 12 2.5 12S6 18.5 12 18.5c1.6 0 3-.5 4.300-1.100M8.500 6.200C9.600 5.700 10.700 5.500 12 5.500 18 5.500 21.500 12 21.500 12s-.8 1.500-2.200 3M4 4l16 16',
  certificate: 'M9.5 17H5a1.500 1.500 0 0 1-1.500-1.500v-10A1.500 1.500 0 0 1 5 4h14a1.500 1.500 0 0 1 1.500 1.500V11M7 8h8M7 11.500h4M19.500 14.500a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM14.800 17v4l1.700-1.200 1.700 1.200v-4',
  key: 'M12.5 14a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM11.5 11L20 3M17 6l2.5 2.5M14 9l2 2',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  broadcast: 'M12 12h.01M8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7M5.6 18.4a9 9 0 0 1 0-12.8M18.4 5.6a9 9 0 0 1 0 12.8',
} as const;

function Sign({ id, children }: { readonly id: string; readonly children: React.ReactNode }) {
  return (
    <symbol id={`sign-${id}`} viewBox="0 0 24 24">
      {children}
    </symbol>
  );
}

function Ring({ radius, width }: { readonly radius: number; readonly width: number }) {
  return (
    <>
      <circle cx="12" cy="12" r={radius} fill="none" stroke="var(--track, var(--run-trk))" strokeWidth={width} />
      <circle
        cx="12"
        cy="12"
        r={radius}
        fill="none"
        stroke="currentColor"
        strokeWidth={width}
        pathLength={100}
        style={{ strokeDasharray: 'var(--ring, 25) 100' }}
        transform="rotate(-90 12 12)"
      />
    </>
  );
}
