// The words that a browser shows of HTML, read by parse5: an implementation of
// the HTML Standard that shares nothing with Gumbo.
//
// Each line of standard input is a JSON string of HTML, as it would stand in
// a body; each gives a line of output:
//
//     {"runs": [[text, sure], …], "document": …, "pres": [[text, exact], …]}
//
// `runs` is the text in the order in which it is shown, `document` in that of
// the source, which differs in tables. A run that is not
// `sure` may be in a book or not: words that stand in for a picture, what a
// closed dialog, an object or an rp holds, what style makes invisible (what is
// in it may be visible again), bare text within a drawing or formula.
// `pres` is the text of every pre that holds phrasing alone, and stands where
// a block may; not `exact` if classes may say where its lines end.
import { createInterface } from 'node:readline';
import { defaultTreeAdapter, html, parseFragment } from 'parse5';

const { SVG, MATHML } = html.NS;
const words = (list) => new Set(list.trim().split(/\s+/));

const HIDDEN = words(`audio base basefont bgsound canvas col colgroup datalist
    embed head iframe link meta meter noembed noframes param progress script
    source style template title track video area frame`);
const SVG_HIDDEN = words('defs desc metadata script style symbol title');
const SVG_USED = words(`clipPath filter linearGradient marker mask pattern
    radialGradient`);
const SVG_TEXT = words('text textPath tspan');
const MATH_HIDDEN = words('annotation annotation-xml');
const MATH_TOKENS = words('mi mn mo ms mtext');
const PHRASING = words(`a abbr acronym b bdi bdo big blink br cite code del dfn
    em font i ins kbd mark nobr q s samp small span strike strong sub sup time
    tt u var wbr`);
const FLOW = words(`article aside blockquote body center div footer header
    main nav section`);

const LABELS = ['alt', 'aria-label', 'title'];

const attr = (node, name) =>
    node.attrs?.find((a) => a.name === name)?.value;

function hidden(node) {
    if (node.namespaceURI === SVG && SVG_HIDDEN.has(node.tagName) ||
        node.namespaceURI === MATHML && MATH_HIDDEN.has(node.tagName))
        return true;
    if (attr(node, 'hidden') !== undefined)
        return true;
    if (node.namespaceURI !== SVG && node.namespaceURI !== MATHML &&
        HIDDEN.has(node.tagName))
        return true;
    return styled(node, 'display') === 'none';
}

const VALUES = {
    display: /^(none|block|inline|inline-block|flex|grid|contents|table)$/,
    visibility: /^(hidden|collapse|visible)$/,
};

// The keyword that a property has by the element's style attribute.
function styled(node, property) {
    const style = (attr(node, 'style') ?? '').replace(/\/\*.*?\*\//gs, '')
        .replace(/"(\\.|[^"\\])*"|'(\\.|[^'\\])*'|\([^()]*\)/gs, '"')
        .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex) =>
            String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff)));
    let found, strong = false;
    for (const declaration of style.toLowerCase().split(';')) {
        const [name, value] = declaration.split(':').map((s) => s.trim());
        const keyword = value?.replace(/\s*!\s*important$/, '') ?? '';
        const important = keyword !== value;
        if (name !== property || !VALUES[property].test(keyword) ||
            strong && !important)
            continue;
        found = keyword;
        strong = important;
    }
    return found;
}

// Children in the order in which they are shown: a table's captions and the
// first thead come first, the first tfoot last.
function shown(node) {
    const all = node.childNodes ?? [];
    if (node.tagName !== 'table')
        return all;
    const head = all.find((n) => n.tagName === 'thead');
    const foot = all.find((n) => n.tagName === 'tfoot');
    const captions = all.filter((n) => n.tagName === 'caption');
    const others = all.filter((n) => n.tagName !== 'caption' && n !== head &&
        n !== foot);
    return [...captions, ...(head ? [head] : []), ...others,
        ...(foot ? [foot] : [])];
}

// May the words of this text node, in this element, be left out?
function sureIn(node) {
    if (node.namespaceURI === SVG)
        return SVG_TEXT.has(node.tagName);
    if (node.namespaceURI === MATHML)
        return MATH_TOKENS.has(node.tagName);
    return true;
}

function preText(node) {
    let text = '';
    for (const child of node.childNodes) {
        if (child.nodeName === '#text')
            text += child.value;
        else if (child.tagName === 'br')
            text += '\n';
        else if (child.tagName && !PHRASING.has(child.tagName))
            return null;
        else if (child.tagName && hidden(child))
            return null;
        else if (child.tagName) {
            const inner = preText(child);
            if (inner === null)
                return null;
            text += inner;
        }
    }
    return text;
}

// Is it a highlighter's work, whose classes say where lines end?
const classed = (node) => attr(node, 'class') !== undefined;
const classedBelow = (node) => classed(node) ||
    (node.childNodes ?? []).some(classedBelow);
const classedAbove = (node) => node.tagName !== undefined &&
    (classed(node) || classedAbove(node.parentNode));

function inFlow(node) {
    for (let n = node.parentNode; n?.tagName; n = n.parentNode)
        if (!FLOW.has(n.tagName))
            return false;
    return true;
}

function parse(source) {
    const body = defaultTreeAdapter.createElement('body', html.NS.HTML, []);
    return parseFragment(body, source, { scriptingEnabled: false });
}

// The document that a frame has in an attribute is shown; frames in it are not
// opened.
function openFrames(node) {
    for (const child of node.childNodes ?? []) {
        if (child.tagName === 'iframe' && child.namespaceURI === html.NS.HTML &&
            /[^ \t\n\f\r\u00a0]/.test(attr(child, 'srcdoc') ?? '')) {
            child.childNodes = parse(attr(child, 'srcdoc')).childNodes;
            for (const inner of child.childNodes)
                inner.parentNode = child;
            child.tagName = child.nodeName = 'div';
        } else {
            openFrames(child);
        }
    }
}

function read(tree, order) {
    const runs = [], pres = [];
    // Without recursion, since a tree may be as deep as its source is long.
    const stack = [[tree, true]];
    while (stack.length) {
        const [node, sure] = stack.pop();
        if (node.nodeName === '#text') {
            if (node.value.trim())
                runs.push([node.value, sure && sureIn(node.parentNode)]);
            continue;
        }
        if (node.tagName && hidden(node))
            continue;
        for (const name of /im(g|age)$/.test(node.tagName) ? LABELS : [])
            if (attr(node, name))
                runs.push([attr(node, name), false]);
        const below = sure && !/^(object|rp)$/.test(node.tagName) &&
            !(node.tagName && styled(node, 'visibility')) &&
            !(node.namespaceURI === SVG && SVG_USED.has(node.tagName)) &&
            !(node.tagName === 'dialog' && attr(node, 'open') === undefined);
        if (below && /^(pre|listing|xmp)$/.test(node.tagName) && inFlow(node)) {
            const text = preText(node);
            if (text !== null)
                pres.push([text, !classedBelow(node) && !classedAbove(node)]);
        }
        const children = order(node);
        for (let i = children.length - 1; i >= 0; i--)
            stack.push([children[i], below]);
    }
    return { runs, pres };
}

function answer(source) {
    const tree = parse(source);
    openFrames(tree);
    const { runs, pres } = read(tree, shown);
    return { runs, pres, document: read(tree, (n) => n.childNodes ?? []).runs };
}

for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + '\n');
