import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in our tokens. It stands in a shadow tree, where CSS modules do not reach and custom properties do. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '12.5px' },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '-3px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontWeight: '500', lineHeight: '23px', fontVariantLigatures: 'none', fontFeatureSettings: "'zero', 'calt' 0" },
  '.cm-content': { caretColor: 'var(--ink)', padding: '6px 0' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--ink)', marginLeft: '-1px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--run-trk)' },
  '.cm-activeLine': { backgroundColor: 'var(--hover)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink3)', border: '0', fontSize: '11.5px', fontFamily: 'var(--mono)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '30px', padding: '0 6px 0 2px' },
  '.cm-findings': { width: '26px' },
  '.cm-findings .cm-gutterElement': { display: 'flex', alignItems: 'center', justifyContent: 'flex-end' },
  '.cm-sign svg': { display: 'block' },
  '.cm-errorLine, .cm-errorLine.cm-activeLine': { backgroundColor: 'var(--att-bg)' },
  '.cm-error': { textDecoration: 'underline wavy var(--att-edge) 1.4px', textUnderlineOffset: '4px' },
  '.cm-warning': { textDecoration: 'underline dotted var(--att-edge) 1.6px', textUnderlineOffset: '4px' },
  '.cm-hint': { textDecoration: 'underline dotted var(--edge) 1.4px', textUnderlineOffset: '4px' },
  '.cm-place': { backgroundColor: 'var(--ok-bg)', color: 'var(--k3)', borderRadius: '3px', fontWeight: '600' },
  '.cm-place *': { color: 'var(--k3) !important' },
  '.cm-macro': { color: 'var(--k2)', fontWeight: '600' },
  '.cm-macro *': { color: 'var(--k2) !important' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: '6px', boxShadow: 'var(--shadow)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '12.5px', lineHeight: '26px', width: '400px', maxWidth: '60vw', maxHeight: '234px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', padding: '0 10px', lineHeight: '28px', minHeight: '28px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--sel)', color: 'var(--ink)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { marginLeft: 'auto', paddingLeft: '14px', fontStyle: 'normal', color: 'var(--ink2)', overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-tooltip.cm-completionInfo': { width: '400px', maxWidth: '60vw', padding: '8px 10px', borderRadius: '0 0 6px 6px' },
  '.cm-about': { font: '400 12.5px/17px var(--sans)', color: 'var(--ink2)', maxWidth: '400px' },
  '.cm-about p': { margin: '0' },
  '.cm-about p + p': { marginTop: '3px' },
  '.cm-about b': { color: 'var(--ink)', fontWeight: '650', overflowWrap: 'anywhere' },
  '.cm-about code': { fontFamily: 'var(--mono)', fontSize: '12px' },
  '.cm-about .cm-said': { display: 'flex', gap: '6px', color: 'var(--ink)', fontWeight: '550' },
  '.cm-about .cm-said svg': { flex: 'none', marginTop: '2px' },
  '.cm-tooltip-hover': { padding: '8px 10px', zIndex: '200' },
  '.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '6px 36px 6px 14px', font: '400 12.5px/18px var(--sans)' },
  '.cm-panel.cm-search label': { fontSize: '12.5px', color: 'var(--ink2)' },
  '.cm-textfield': { border: '1px solid var(--edge)', borderRadius: '6px', minHeight: '28px', backgroundColor: 'var(--surface)', color: 'var(--ink)', font: '500 12.5px var(--mono)' },
  '.cm-button': { border: '1px solid var(--edge)', borderRadius: '6px', minHeight: '28px', background: 'var(--surface)', color: 'var(--ink)', font: '600 12.5px var(--sans)' },
  '.cm-button:active': { background: 'var(--sel)' },
  '.cm-panel.cm-search [name=close]': { width: '28px', height: '28px', right: '6px', top: '6px', color: 'var(--ink)', fontSize: '18px' },
  '.cm-textfield:focus-visible, .cm-button:focus-visible, .cm-panel [name=close]:focus-visible, .cm-panel input:focus-visible': { outline: '3px solid var(--focus)', outlineOffset: '1px' },
  '.cm-searchMatch': { backgroundColor: 'var(--run-bg)', outline: '1px solid var(--run)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--run-trk)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--sel)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent' },
  '.cm-matchingTag': { backgroundColor: 'var(--sel)' },
  '.cm-nonmatchingTag, .cm-invalid': { color: 'var(--att)' },
});

/** Elements, attributes and comments as the drawing has them. */
export const xmlColours = syntaxHighlighting(HighlightStyle.define([
  { tag: tags.tagName, color: 'var(--k4)', fontWeight: '600' },
  { tag: [tags.attributeName, tags.attributeValue, tags.definitionOperator], color: 'var(--k1)' },
  { tag: [tags.comment, tags.processingInstruction, tags.documentMeta], color: 'var(--ink3)' },
  { tag: tags.character, color: 'var(--ink2)' },
  { tag: tags.invalid, color: 'var(--att)' },
]));

const place = Decoration.mark({ class: 'cm-place' });
const macro = Decoration.mark({ class: 'cm-macro' });
const PARTS = new MatchDecorator({
  regexp: /(\{\{[^{}\n]*\}\})|\$\(?[A-Z]{1,8}\d?\)?/g,
  decoration: (match) => (match[1] === undefined ? macro : place),
});

/** Places and macros: what this bench and the phone put in. Only what is in sight is looked at. */
export const placesAndMacros = ViewPlugin.fromClass(
  class {
    marks: DecorationSet;
    constructor(view: EditorView) {
      this.marks = PARTS.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.marks = PARTS.updateDeco(update, this.marks);
    }
  },
  { decorations: (plugin) => plugin.marks },
);
