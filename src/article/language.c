/* Language tags (BCP 47, RFC 5646), as far as a book needs them, and as far as
 * people's mistakes can be understood. */
#include "article/article_int.h"

enum { TAG_MAX = 35 };

/* ISO 639-1 codes, and what ISO 639-2 calls the same languages: where there
 * is a code of two letters, that is the tag (RFC 5646, section 2.2.1). */
static const char languages[] =
    "aa=aar ab=abk ae=ave af=afr ak=aka am=amh an=arg ar=ara as=asm av=ava "
    "ay=aym az=aze ba=bak be=bel bg=bul bh=bih bi=bis bm=bam bn=ben "
    "bo=bod=tib br=bre bs=bos ca=cat ce=che ch=cha co=cos cr=cre cs=ces=cze "
    "cu=chu cv=chv cy=cym=wel da=dan de=deu=ger dv=div dz=dzo ee=ewe "
    "el=ell=gre en=eng eo=epo es=spa et=est eu=eus=baq fa=fas=per ff=ful "
    "fi=fin fj=fij fo=fao fr=fra=fre fy=fry ga=gle gd=gla gl=glg gn=grn "
    "gu=guj gv=glv ha=hau he=heb hi=hin ho=hmo hr=hrv ht=hat hu=hun "
    "hy=hye=arm hz=her ia=ina id=ind ie=ile ig=ibo ii=iii ik=ipk io=ido "
    "is=isl=ice it=ita iu=iku ja=jpn jv=jav ka=kat=geo kg=kon ki=kik kj=kua "
    "kk=kaz kl=kal km=khm kn=kan ko=kor kr=kau ks=kas ku=kur kv=kom kw=cor "
    "ky=kir la=lat lb=ltz lg=lug li=lim ln=lin lo=lao lt=lit lu=lub lv=lav "
    "mg=mlg mh=mah mi=mri=mao mk=mkd=mac ml=mal mn=mon mr=mar ms=msa=may "
    "mt=mlt my=mya=bur na=nau nb=nob nd=nde ne=nep ng=ndo nl=nld=dut nn=nno "
    "no=nor nr=nbl nv=nav ny=nya oc=oci oj=oji om=orm or=ori os=oss pa=pan "
    "pi=pli pl=pol ps=pus pt=por qu=que rm=roh rn=run ro=ron=rum ru=rus "
    "rw=kin sa=san sc=srd sd=snd se=sme sg=sag si=sin sk=slk=slo sl=slv "
    "sm=smo sn=sna so=som sq=sqi=alb sr=srp ss=ssw st=sot su=sun sv=swe "
    "sw=swa ta=tam te=tel tg=tgk th=tha ti=tir tk=tuk tl=tgl tn=tsn to=ton "
    "tr=tur ts=tso tt=tat tw=twi ty=tah ug=uig uk=ukr ur=urd uz=uzb ve=ven "
    "vi=vie vo=vol wa=wln wo=wol xh=xho yi=yid yo=yor za=zha zh=zho=chi "
    "zu=zul";

/* What people and programs write instead: tags that have been replaced (RFC
 * 5646, section 2.2.8, and ISO 639-1's own changes), names, and countries that
 * are no languages. */
static const struct {
    const char *from, *to;
} aliases[] = {
    {"art-lojban", "jbo"}, {"i-hak", "hak"},     {"i-klingon", "tlh"},
    {"i-lux", "lb"},       {"i-navajo", "nv"},   {"no-bok", "nb"},
    {"no-nyn", "nn"},      {"zh-hakka", "hak"},  {"zh-min-nan", "nan"},
    {"in", "id"},          {"iw", "he"},         {"ji", "yi"},
    {"jw", "jv"},          {"mo", "ro"},         {"cn", "zh"},
    {"cz", "cs"},          {"dk", "da"},         {"gr", "el"},
    {"jp", "ja"},          {"ua", "uk"},         {"esp", "es"},
    {"arabic", "ar"},      {"chinese", "zh"},    {"czech", "cs"},
    {"danish", "da"},      {"deutsch", "de"},    {"dutch", "nl"},
    {"english", "en"},     {"finnish", "fi"},    {"french", "fr"},
    {"german", "de"},      {"greek", "el"},      {"hebrew", "he"},
    {"hindi", "hi"},       {"hungarian", "hu"},  {"indonesian", "id"},
    {"italian", "it"},     {"italiano", "it"},   {"japanese", "ja"},
    {"korean", "ko"},      {"norwegian", "no"},  {"persian", "fa"},
    {"polish", "pl"},      {"portuguese", "pt"}, {"romanian", "ro"},
    {"russian", "ru"},     {"spanish", "es"},    {"swedish", "sv"},
    {"thai", "th"},        {"turkish", "tr"},    {"ukrainian", "uk"},
    {"vietnamese", "vi"},
};

/* Codes of three letters that name no language, or one of programming. */
static const char *const no_languages[] = {
    "und", "mul", "mis", "zxx", "cpp", "css", "csv",
    "php", "sql", "svg", "tex", "txt", "vim", "xml",
};

static size_t letters(struct str s)
{
    size_t n = 0;
    while (n < s.n && chr_alpha((unsigned char)s.p[n]))
        n++;
    return n;
}

/* The ISO 639-1 code of a code of two or three letters; empty if there is
 * none. */
static struct str short_code(struct str code)
{
    struct str rest = str_of(languages), row, name;
    while (str_next_word(&rest, &row)) {
        struct str two = str_sub(row, 0, 2);
        while (str_next(&row, '=', &name))
            if (str_eq(name, code))
                return two;
    }
    return (struct str){"", 0};
}

static struct str alias_of(struct str text)
{
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
        if (str_eq(text, str_of(aliases[i].from)))
            return str_of(aliases[i].to);
    return text;
}

/* A language's code; empty if the text names none. */
static struct str primary_of(struct str text)
{
    struct str code = alias_of(text);
    struct str two = short_code(code);
    if (two.n)
        return two;
    for (size_t i = 0; i < ARRAY_LEN(no_languages); i++)
        if (str_eq(code, str_of(no_languages[i])))
            return two;
    bool plausible = code.n == 3 && letters(code) == 3;
    return plausible ? code : two;
}

/* What may follow the primary subtag, in this order; extensions and private
 * use say nothing to a reader. */
enum subtag { SUBTAG_NONE, EXTENDED, SCRIPT, REGION, VARIANT };

static enum subtag subtag_of(struct str s)
{
    size_t n = letters(s);
    bool digits = n < s.n && chr_digit((unsigned char)s.p[0]);
    if (s.n == 2)
        return n == 2 ? REGION : SUBTAG_NONE;
    if (s.n == 3)
        return n == 3 ? EXTENDED : n == 0 ? REGION : SUBTAG_NONE;
    if (s.n == 4)
        return n == 4 ? SCRIPT : digits ? VARIANT : SUBTAG_NONE;
    return s.n >= 5 && s.n <= 8 ? VARIANT : SUBTAG_NONE;
}

/* Add a subtag in the case that is usual for its kind. */
static void add_subtag(struct buf *tag, struct str subtag, enum subtag kind)
{
    if (kind == REGION && str_eq(subtag, STR("uk")))
        subtag = STR("gb");
    buf_char(tag, '-');
    for (size_t i = 0; i < subtag.n; i++) {
        bool upper = kind == REGION || (kind == SCRIPT && i == 0);
        char c = subtag.p[i];
        buf_char(tag,
                 (char)(upper && chr_alpha((unsigned char)c) ? c - 32 : c));
    }
}

/* The tag in lower case, with "-" between subtags, up to what can be in
 * none: "en_US.UTF-8", "en-us, fr". */
static void read_tag(struct str text, struct buf *out)
{
    text = str_trim(text);
    for (size_t i = 0; i < text.n && i < TAG_MAX; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (!chr_alpha(c) && !chr_digit(c) && c != '_' && c != '-')
            break;
        buf_char(out, (char)(c == '_' ? '-' : chr_lower(c)));
    }
}

/* Add the subtags that are what may stand there, up to the first that is
 * not. */
static void add_subtags(struct buf *tag, struct str rest)
{
    enum subtag last = SUBTAG_NONE, kind;
    struct str subtag;
    while (str_next(&rest, '-', &subtag)) {
        kind = subtag_of(subtag);
        if (kind == SUBTAG_NONE || kind < last ||
            (kind == last && kind != VARIANT) ||
            (kind == VARIANT && str_find(buf_view(tag), subtag) < tag->len))
            return;
        add_subtag(tag, subtag, kind);
        last = kind;
    }
}

const char *language_tag(struct arena *arena, const char *text)
{
    struct buf source = buf_make(TAG_MAX), tag = buf_make(2 * TAG_MAX);
    struct str primary;
    read_tag(str_of(text), &source);
    struct str rest = alias_of(buf_view(&source));
    bool any = str_next(&rest, '-', &primary);
    primary = any ? primary_of(primary) : primary;
    buf_str(&tag, any ? primary : STR(""));
    if (tag.len)
        add_subtags(&tag, rest);
    const char *made = tag.len ? arena_str(arena, buf_view(&tag)) : NULL;
    buf_free(&source);
    buf_free(&tag);
    return made;
}

static bool in_list(struct str word, const char *list)
{
    struct str rest = str_of(list), item;
    while (str_next_word(&rest, &item))
        if (str_eq_nocase(word, item))
            return true;
    return false;
}

/* The script that the tag names; empty if it names none. */
static struct str script_of(struct str rest)
{
    struct str subtag;
    while (str_next(&rest, '-', &subtag))
        if (subtag_of(subtag) == SCRIPT)
            return subtag;
    return (struct str){"", 0};
}

bool language_rtl(const char *tag)
{
    struct str rest = str_of(tag), primary;
    if (!tag || !str_next(&rest, '-', &primary))
        return false;
    struct str script = script_of(rest);
    if (script.n)
        return in_list(script, "Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc "
                               "Thaa");
    return in_list(primary, "ar arb arc arz ary azb bal ckb dv fa glk he iw "
                            "ks lrc mzn nqo ota pes pnb prs ps rhg sam sd skr "
                            "syr ug ur yi");
}

bool language_rtl_maybe(const char *tag)
{
    struct str primary = str_of(tag);
    primary = str_sub(primary, 0, str_chr(primary, '-'));
    return language_rtl(tag) ||
           in_list(primary, "az ff ha kk ku ky man ms pa tk uz");
}
