import type { Severity } from '../../../../common/values/finding.ts';

const SVG = 'http://www.w3.org/2000/svg';
const SHAPES: Readonly<Record<Severity, readonly [body: string, cut: string]>> = {
  error: ['M7.6 1.5h8.8l6.1 6.1v8.8l-6.1 6.1H7.6l-6.1-6.1V7.6z', 'M8.3 8.3l7.4 7.4M15.7 8.3l-7.4 7.4'],
  warning: ['M12 1.8L23.2 21.6H.8z', 'M12 8.6v6.2M12 18.2v.2'],
  hint: ['M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21z', 'M12 11v6M12 7v.2'],
};

/** The sign of a finding, drawn anew: the sheet of the page is not seen from the editor's shadow tree. */
export function findingSign(severity: Severity, size = 13): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({ viewBox: '0 0 24 24', width: String(size), height: String(size), 'aria-hidden': 'true' })) svg.setAttribute(name, value);
  const [body, cut] = SHAPES[severity];
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', body);
  shape.setAttribute('fill', severity === 'hint' ? 'var(--edge)' : 'var(--att-edge)');
  const mark = document.createElementNS(SVG, 'path');
  for (const [name, value] of Object.entries({ d: cut, fill: 'none', stroke: 'var(--surface)', 'stroke-width': '2.6', 'stroke-linecap': 'round' })) mark.setAttribute(name, value);
  svg.append(shape, mark);
  return svg;
}
