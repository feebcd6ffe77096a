/* The language of a code block, where the source names it. */
#include "article/code/code_int.h"

/* What a name may also be. */
enum {
    NATURAL = 1, /* a natural language's code: "pl" */
    UNSURE = 2,  /* a class of layouts: "code" */
};

/* Sorted by name; no text: no language. */
static const struct code_word languages[] = {
    {"abap", "ABAP", 0},
    {"abnf", "ABNF", 0},
    {"actionscript", "ActionScript", 0},
    {"actionscript3", "ActionScript", 0},
    {"ada", "Ada", 0},
    {"adoc", "AsciiDoc", 0},
    {"agda", "Agda", 0},
    {"ahk", "AutoHotkey", 0},
    {"angular", "Angular", 0},
    {"angular-html", "Angular", 0},
    {"angular-ts", "Angular", 0},
    {"ansi", "", UNSURE},
    {"ansible", "Ansible", 0},
    {"antlr", "ANTLR", 0},
    {"antlr4", "ANTLR", 0},
    {"apache", "Apache", 0},
    {"apacheconf", "Apache", 0},
    {"apex", "Apex", 0},
    {"apl", "APL", 0},
    {"applescript", "AppleScript", 0},
    {"arduino", "Arduino", 0},
    {"arduino-cpp", "C++", 0},
    {"arm-asm", "Assembly", 0},
    {"armasm", "Assembly", 0},
    {"as", "ActionScript", NATURAL},
    {"as3", "ActionScript", 0},
    {"asciidoc", "AsciiDoc", 0},
    {"ash", "Shell", 0},
    {"asm", "Assembly", 0},
    {"asp", "ASP", 0},
    {"aspx", "ASP", 0},
    {"assembler", "Assembly", 0},
    {"assembly", "Assembly", 0},
    {"astro", "Astro", 0},
    {"atom", "XML", 0},
    {"auto", "", UNSURE},
    {"autohotkey", "AutoHotkey", 0},
    {"avro", "Avro", 0},
    {"awk", "AWK", 0},
    {"ballerina", "Ballerina", 0},
    {"bash", "Shell", 0},
    {"bash-session", "Console", 0},
    {"bat", "Batch", 0},
    {"batch", "Batch", 0},
    {"batchfile", "Batch", 0},
    {"bazel", "Bazel", 0},
    {"bf", "Brainfuck", 0},
    {"bib", "BibTeX", 0},
    {"bibtex", "BibTeX", 0},
    {"bicep", "Bicep", 0},
    {"bind", "DNS zone", UNSURE},
    {"blade", "Blade", 0},
    {"bnf", "BNF", 0},
    {"bourne", "Shell", 0},
    {"brainfuck", "Brainfuck", 0},
    {"bsdmake", "Makefile", 0},
    {"bzl", "Starlark", 0},
    {"c", "C", 0},
    {"c#", "C#", 0},
    {"c++", "C++", 0},
    {"caddy", "Caddyfile", 0},
    {"caddyfile", "Caddyfile", 0},
    {"cairo", "Cairo", 0},
    {"capnp", "Cap’n Proto", 0},
    {"cc", "C++", 0},
    {"cfg", "INI", 0},
    {"cfm", "ColdFusion", 0},
    {"cjs", "JavaScript", 0},
    {"cl", "Common Lisp", UNSURE},
    {"cli", "Console", 0},
    {"clj", "Clojure", 0},
    {"cljs", "Clojure", 0},
    {"clojure", "Clojure", 0},
    {"clojurescript", "Clojure", 0},
    {"cmake", "CMake", 0},
    {"cmd", "Batch", 0},
    {"cobol", "COBOL", 0},
    {"code", "", UNSURE},
    {"coffee", "CoffeeScript", 0},
    {"coffeescript", "CoffeeScript", 0},
    {"coldfusion", "ColdFusion", 0},
    {"command-line", "Console", 0},
    {"commandline", "Console", 0},
    {"common-lisp", "Common Lisp", 0},
    {"commonlisp", "Common Lisp", 0},
    {"console", "Console", 0},
    {"containerfile", "Dockerfile", 0},
    {"coq", "Coq", 0},
    {"cplusplus", "C++", 0},
    {"cpp", "C++", 0},
    {"cql", "CQL", 0},
    {"cr", "Crystal", NATURAL},
    {"cron", "crontab", 0},
    {"crontab", "crontab", 0},
    {"crystal", "Crystal", 0},
    {"cs", "C#", NATURAL},
    {"csharp", "C#", 0},
    {"cshtml", "Razor", 0},
    {"cson", "CoffeeScript", 0},
    {"css", "CSS", 0},
    {"css-less", "Less", 0},
    {"css-scss", "SCSS", 0},
    {"csv", "CSV", 0},
    {"cts", "TypeScript", 0},
    {"cucumber", "Gherkin", 0},
    {"cuda", "CUDA", 0},
    {"cue", "CUE", 0},
    {"curl", "cURL", 0},
    {"cxx", "C++", 0},
    {"cypher", "Cypher", 0},
    {"d", "D", 0},
    {"dart", "Dart", 0},
    {"dash", "Shell", 0},
    {"dax", "DAX", 0},
    {"default", "", UNSURE},
    {"delphi", "Delphi", 0},
    {"dhall", "Dhall", 0},
    {"diff", "Diff", 0},
    {"django", "Jinja", 0},
    {"dlang", "D", 0},
    {"dns-zone", "DNS zone", 0},
    {"docker", "Dockerfile", 0},
    {"dockerfile", "Dockerfile", 0},
    {"dos", "Batch", 0},
    {"dosbatch", "Batch", 0},
    {"dot", "DOT", 0},
    {"dotenv", ".env", 0},
    {"dotnet-cs", "C#", 0},
    {"dpr", "Delphi", 0},
    {"ebnf", "EBNF", 0},
    {"ecmascript", "JavaScript", 0},
    {"editorconfig", "EditorConfig", 0},
    {"edn", "Clojure", 0},
    {"ejs", "EJS", 0},
    {"elisp", "Emacs Lisp", 0},
    {"elixir", "Elixir", 0},
    {"elm", "Elm", 0},
    {"elvish", "Elvish", 0},
    {"emacs-lisp", "Emacs Lisp", 0},
    {"emacslisp", "Emacs Lisp", 0},
    {"emblem", "Emblem", 0},
    {"env", ".env", UNSURE},
    {"erb", "ERB", 0},
    {"erl", "Erlang", 0},
    {"erlang", "Erlang", 0},
    {"es6", "JavaScript", 0},
    {"ex", "Elixir", 0},
    {"exs", "Elixir", 0},
    {"f#", "F#", 0},
    {"f90", "Fortran", 0},
    {"f95", "Fortran", 0},
    {"feature", "Gherkin", UNSURE},
    {"fennel", "Fennel", 0},
    {"fish", "Shell", 0},
    {"forth", "Forth", 0},
    {"fortran", "Fortran", 0},
    {"fortran90", "Fortran", 0},
    {"fs", "F#", 0},
    {"fsharp", "F#", 0},
    {"g4", "ANTLR", 0},
    {"gas", "Assembly", 0},
    {"gawk", "AWK", 0},
    {"gcode", "G-code", 0},
    {"gdscript", "GDScript", 0},
    {"generic", "", UNSURE},
    {"gfm", "Markdown", 0},
    {"gfm-markdown", "Markdown", 0},
    {"gherkin", "Gherkin", 0},
    {"git-commit", "Git commit", 0},
    {"git-config", "Git config", 0},
    {"git-rebase", "Git rebase", 0},
    {"gitcommit", "Git commit", 0},
    {"gitconfig", "Git config", 0},
    {"gitignore", "Gitignore", 0},
    {"gleam", "Gleam", 0},
    {"glsl", "GLSL", 0},
    {"gnumakefile", "Makefile", 0},
    {"gnuplot", "Gnuplot", 0},
    {"go", "Go", 0},
    {"golang", "Go", 0},
    {"gql", "GraphQL", 0},
    {"gradle", "Groovy", 0},
    {"graphql", "GraphQL", 0},
    {"graphviz", "DOT", 0},
    {"groovy", "Groovy", 0},
    {"gv", "DOT", 0},
    {"gyp", "Python", 0},
    {"hack", "Hack", 0},
    {"hacklang", "Hack", 0},
    {"haml", "Haml", 0},
    {"handlebars", "Handlebars", 0},
    {"haskell", "Haskell", 0},
    {"haxe", "Haxe", 0},
    {"hbs", "Handlebars", 0},
    {"hcl", "HCL", 0},
    {"hex", "Hexdump", UNSURE},
    {"hexdump", "Hexdump", 0},
    {"hlsl", "HLSL", 0},
    {"hpp", "C++", 0},
    {"hs", "Haskell", 0},
    {"htaccess", "Apache", 0},
    {"htm", "HTML", 0},
    {"html", "HTML", 0},
    {"html+jinja", "Jinja", 0},
    {"html-basic", "HTML", 0},
    {"html-derivative", "HTML", 0},
    {"html-erb", "ERB", 0},
    {"html-php", "PHP", 0},
    {"html5", "HTML", 0},
    {"htmx", "HTMX", 0},
    {"http", "HTTP", 0},
    {"hx", "Haxe", 0},
    {"hy", "Hy", 0},
    {"idris", "Idris", 0},
    {"iex", "Elixir", 0},
    {"ignore", "Gitignore", UNSURE},
    {"ini", "INI", 0},
    {"ino", "Arduino", 0},
    {"ipython", "Python", 0},
    {"ipython3", "Python", 0},
    {"irb", "Ruby console", 0},
    {"jade", "Pug", 0},
    {"janet", "Janet", 0},
    {"java", "Java", 0},
    {"javascript", "JavaScript", 0},
    {"javascriptreact", "JSX", 0},
    {"jinja", "Jinja", 0},
    {"jinja2", "Jinja", 0},
    {"jl", "Julia", 0},
    {"jlang", "J", 0},
    {"jq", "jq", 0},
    {"jruby", "Ruby", 0},
    {"js", "JavaScript", 0},
    {"jscript", "JavaScript", 0},
    {"json", "JSON", 0},
    {"json-comments", "JSON with comments", 0},
    {"json-ld", "JSON-LD", 0},
    {"json-object", "JSON", 0},
    {"json5", "JSON5", 0},
    {"jsonc", "JSON with comments", 0},
    {"jsonl", "JSON Lines", 0},
    {"jsonld", "JSON-LD", 0},
    {"jsonnet", "Jsonnet", 0},
    {"jsx", "JSX", 0},
    {"julia", "Julia", 0},
    {"k8s", "Kubernetes", 0},
    {"kdl", "KDL", 0},
    {"kotlin", "Kotlin", 0},
    {"kql", "Kusto", 0},
    {"ksh", "Shell", 0},
    {"kt", "Kotlin", 0},
    {"kts", "Kotlin", 0},
    {"kubernetes", "Kubernetes", 0},
    {"kusto", "Kusto", 0},
    {"language", "", UNSURE},
    {"latex", "LaTeX", 0},
    {"lean", "Lean", 0},
    {"lean4", "Lean", 0},
    {"less", "Less", 0},
    {"liquid", "Liquid", 0},
    {"lisp", "Lisp", 0},
    {"livescript", "LiveScript", 0},
    {"llvm", "LLVM IR", 0},
    {"llvm-ir", "LLVM IR", 0},
    {"log", "Log", UNSURE},
    {"lua", "Lua", 0},
    {"luau", "Lua", 0},
    {"make", "Makefile", UNSURE},
    {"makefile", "Makefile", 0},
    {"markdown", "Markdown", 0},
    {"markup", "HTML", 0},
    {"markup-templating", "", UNSURE},
    {"masm", "Assembly", 0},
    {"mathematica", "Wolfram", 0},
    {"mathml", "MathML", 0},
    {"matlab", "MATLAB", 0},
    {"maxima", "Maxima", 0},
    {"md", "Markdown", 0},
    {"mdx", "MDX", 0},
    {"mermaid", "Mermaid", 0},
    {"meson", "Meson", 0},
    {"metal", "Metal", 0},
    {"mf", "Makefile", 0},
    {"mjs", "JavaScript", 0},
    {"ml", "ML", NATURAL},
    {"mma", "Wolfram", 0},
    {"mojo", "Mojo", 0},
    {"move", "Move", UNSURE},
    {"mts", "TypeScript", 0},
    {"mustache", "Mustache", 0},
    {"mysql", "MySQL", 0},
    {"nasm", "Assembly", 0},
    {"ndjson", "JSON Lines", 0},
    {"nginx", "nginx", 0},
    {"nginxconf", "nginx", 0},
    {"nim", "Nim", 0},
    {"nimrod", "Nim", 0},
    {"ninja", "Ninja", 0},
    {"nix", "Nix", 0},
    {"no-highlight", "", UNSURE},
    {"node", "JavaScript", 0},
    {"nodejs", "JavaScript", 0},
    {"nohighlight", "", 0},
    {"none", "", UNSURE},
    {"notranslate", "", UNSURE},
    {"nu", "Nushell", 0},
    {"null", "", UNSURE},
    {"nushell", "Nushell", 0},
    {"obj-c", "Objective-C", 0},
    {"objc", "Objective-C", 0},
    {"objc++", "Objective-C++", 0},
    {"objcpp", "Objective-C++", 0},
    {"objective-c", "Objective-C", 0},
    {"objective-c++", "Objective-C++", 0},
    {"objectivec", "Objective-C", 0},
    {"objectpascal", "Delphi", 0},
    {"ocaml", "OCaml", 0},
    {"octave", "Octave", 0},
    {"odin", "Odin", 0},
    {"opencl", "OpenCL", 0},
    {"openqasm", "OpenQASM", 0},
    {"org", "Org", 0},
    {"output", "", UNSURE},
    {"p4", "P4", 0},
    {"pascal", "Pascal", 0},
    {"patch", "Diff", 0},
    {"perl", "Perl", 0},
    {"perl5", "Perl", 0},
    {"perl6", "Raku", 0},
    {"pgsql", "PostgreSQL", 0},
    {"php", "PHP", 0},
    {"php5", "PHP", 0},
    {"php7", "PHP", 0},
    {"php8", "PHP", 0},
    {"pkl", "Pkl", 0},
    {"pl", "Perl", NATURAL},
    {"pl-sql", "PL/SQL", 0},
    {"plain", "", UNSURE},
    {"plain_text", "", UNSURE},
    {"plaintex", "", UNSURE},
    {"plaintext", "", 0},
    {"plantuml", "PlantUML", 0},
    {"plsql", "PL/SQL", 0},
    {"pony", "Pony", 0},
    {"posh", "PowerShell", 0},
    {"postcss", "PostCSS", 0},
    {"postgres", "PostgreSQL", 0},
    {"postgresql", "PostgreSQL", 0},
    {"postscript", "PostScript", 0},
    {"powershell", "PowerShell", 0},
    {"prettyprint", "", UNSURE},
    {"processing", "Processing", 0},
    {"prolog", "Prolog", 0},
    {"properties", "Properties", 0},
    {"proto", "Protocol Buffers", 0},
    {"proto3", "Protocol Buffers", 0},
    {"protobuf", "Protocol Buffers", 0},
    {"protocolbuffer", "Protocol Buffers", 0},
    {"ps", "PowerShell", NATURAL},
    {"ps1", "PowerShell", 0},
    {"psd1", "PowerShell", 0},
    {"psm1", "PowerShell", 0},
    {"psql", "PostgreSQL", 0},
    {"pug", "Pug", 0},
    {"puml", "PlantUML", 0},
    {"puppet", "Puppet", 0},
    {"purescript", "PureScript", 0},
    {"pwsh", "PowerShell", 0},
    {"py", "Python", 0},
    {"py2", "Python", 0},
    {"py3", "Python", 0},
    {"pycon", "Python console", 0},
    {"pyrepl", "Python console", 0},
    {"python", "Python", 0},
    {"python-3", "Python", 0},
    {"python-repl", "Python console", 0},
    {"python2", "Python", 0},
    {"python3", "Python", 0},
    {"qasm", "OpenQASM", 0},
    {"qbasic", "BASIC", 0},
    {"qml", "QML", 0},
    {"qsharp", "Q#", 0},
    {"qt", "Qt", 0},
    {"r", "R", 0},
    {"racket", "Racket", 0},
    {"raku", "Raku", 0},
    {"raw", "", UNSURE},
    {"razor", "Razor", 0},
    {"rb", "Ruby", 0},
    {"re", "Reason", UNSURE},
    {"reason", "Reason", 0},
    {"reasonml", "Reason", 0},
    {"regex", "Regex", 0},
    {"regexp", "Regex", 0},
    {"rego", "Rego", 0},
    {"rest", "reStructuredText", UNSURE},
    {"restructuredtext", "reStructuredText", 0},
    {"rhtml", "ERB", 0},
    {"rlang", "R", 0},
    {"robot", "Robot Framework", 0},
    {"robotframework", "Robot Framework", 0},
    {"roc", "Roc", 0},
    {"rs", "Rust", 0},
    {"rscript", "R", 0},
    {"rss", "XML", 0},
    {"rst", "reStructuredText", 0},
    {"ruby", "Ruby", 0},
    {"rust", "Rust", 0},
    {"sas", "SAS", 0},
    {"sass", "Sass", 0},
    {"sc", "Scala", NATURAL},
    {"scala", "Scala", 0},
    {"scheme", "Scheme", 0},
    {"scss", "SCSS", 0},
    {"sed", "sed", 0},
    {"sh", "Shell", 0},
    {"sh-session", "Console", 0},
    {"shaderlab", "ShaderLab", 0},
    {"shell", "Shell", 0},
    {"shell-bash", "Shell", 0},
    {"shell-script", "Shell", 0},
    {"shell-session", "Console", 0},
    {"shell-sh", "Shell", 0},
    {"shell_session", "Console", 0},
    {"shellscript", "Shell", 0},
    {"shellsession", "Console", 0},
    {"sieve", "Sieve", 0},
    {"slim", "Slim", 0},
    {"smalltalk", "Smalltalk", 0},
    {"smarty", "Smarty", 0},
    {"sml", "Standard ML", 0},
    {"sol", "Solidity", 0},
    {"solidity", "Solidity", 0},
    {"sparql", "SPARQL", 0},
    {"splus", "R", 0},
    {"spss", "SPSS", 0},
    {"sql", "SQL", 0},
    {"sqlite", "SQLite", 0},
    {"squirrel", "Squirrel", 0},
    {"stan", "Stan", 0},
    {"starlark", "Starlark", 0},
    {"stata", "Stata", 0},
    {"stylus", "Stylus", 0},
    {"sv", "SystemVerilog", NATURAL},
    {"svelte", "Svelte", 0},
    {"svg", "SVG", 0},
    {"swift", "Swift", 0},
    {"systemd", "systemd", 0},
    {"systemverilog", "SystemVerilog", 0},
    {"t-sql", "T-SQL", 0},
    {"tcl", "Tcl", 0},
    {"templ", "Templ", 0},
    {"terminal", "Console", 0},
    {"terraform", "Terraform", 0},
    {"tex", "TeX", 0},
    {"text", "", UNSURE},
    {"text-html", "HTML", 0},
    {"text-plain", "", UNSURE},
    {"textile", "Textile", 0},
    {"tf", "Terraform", 0},
    {"tfvars", "Terraform", 0},
    {"thrift", "Thrift", 0},
    {"tla", "TLA+", 0},
    {"tlaplus", "TLA+", 0},
    {"toml", "TOML", 0},
    {"ts", "TypeScript", NATURAL},
    {"tsql", "T-SQL", 0},
    {"tsv", "TSV", 0},
    {"tsx", "TSX", 0},
    {"ttl", "Turtle", 0},
    {"turtle", "Turtle", 0},
    {"twig", "Twig", 0},
    {"txt", "", UNSURE},
    {"typescript", "TypeScript", 0},
    {"typescriptreact", "TSX", 0},
    {"typst", "Typst", 0},
    {"udiff", "Diff", 0},
    {"uml", "PlantUML", UNSURE},
    {"undefined", "", UNSURE},
    {"unison", "Unison", 0},
    {"unknown", "", UNSURE},
    {"uri", "URL", 0},
    {"url", "URL", UNSURE},
    {"vala", "Vala", 0},
    {"vb", "Visual Basic", 0},
    {"vb.net", "Visual Basic", 0},
    {"vba", "VBA", 0},
    {"vbnet", "Visual Basic", 0},
    {"vbs", "VBScript", 0},
    {"vbscript", "VBScript", 0},
    {"verilog", "Verilog", 0},
    {"vhdl", "VHDL", 0},
    {"vim", "Vim script", 0},
    {"viml", "Vim script", 0},
    {"vimscript", "Vim script", 0},
    {"visual-basic", "Visual Basic", 0},
    {"visualbasic", "Visual Basic", 0},
    {"visualforce", "Visualforce", 0},
    {"vlang", "V", 0},
    {"vue", "Vue", 0},
    {"vue-html", "Vue", 0},
    {"vyper", "Vyper", 0},
    {"wasm", "WebAssembly", 0},
    {"wast", "WebAssembly", 0},
    {"wat", "WebAssembly", 0},
    {"webassembly", "WebAssembly", 0},
    {"wgsl", "WGSL", 0},
    {"winbatch", "Batch", 0},
    {"wl", "Wolfram", 0},
    {"wolfram", "Wolfram", 0},
    {"wsdl", "XML", 0},
    {"x86", "Assembly", 0},
    {"x86-64", "Assembly", 0},
    {"x86asm", "Assembly", 0},
    {"xhtml", "HTML", 0},
    {"xml", "XML", 0},
    {"xpath", "XQuery", 0},
    {"xquery", "XQuery", 0},
    {"xsd", "XML", 0},
    {"xsl", "XML", 0},
    {"xslt", "XML", 0},
    {"yaml", "YAML", 0},
    {"yara", "YARA", 0},
    {"yml", "YAML", 0},
    {"zeek", "Zeek", 0},
    {"zig", "Zig", 0},
    {"zone", "DNS zone", UNSURE},
    {"zsh", "Shell", 0},
    {"zsh-session", "Console", 0},
};

/* What stands before a language's name in a class, or is the class before. */
static const char *const prefixes[] = {
    "language-", "lang-", "highlight-source-", "highlight-text-", "brush:",
    "lang:",     "src-",
};

/* The same around names that must be known: Sphinx, gists, Enlighter. */
static const char *const weak_prefixes[] = {"highlight-", "type-"};
static const struct str weak_suffix = {"EnlighterJS", 11};

static const char *const data_attributes[] = {
    "data-lang", "data-language", "data-enlighter-language", "data-code-lang",
    "data-shcb-language-slug"};

/* A name as sources give it, "ts{1,3}" or "rust,no_run", alone. */
static struct str name_in(struct str value)
{
    size_t n = 0;
    value = str_trim(value);
    while (n < value.n && !strchr(":;,{}=()[]\"' \t\r\n", value.p[n]))
        n++;
    return str_sub(value, 0, n);
}

static const struct code_word *known(struct str name)
{
    return code_word_find(languages, ARRAY_LEN(languages), name);
}

/* A name that no table holds is shown if it could be one. */
static const char *unknown_name(struct arena *arena, struct str name)
{
    if (!name.n || name.n > 20 || !chr_alpha((unsigned char)name.p[0]))
        return NULL;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (!chr_alpha(c) && !chr_digit(c) && !strchr("+#.-_", c))
            return NULL;
    }
    return arena_str(arena, name);
}

/* The language that the source surely names; "" is none, NULL is no name. */
static const char *named(struct arena *arena, struct str value)
{
    struct str name = name_in(value);
    const struct code_word *row = known(name);
    return row ? row->text : unknown_name(arena, name);
}

/* The same for a bare class or a lang attribute, which may mean other
 * things. */
static const char *maybe_named(struct str name, unsigned not )
{
    const struct code_word *row = known(name);
    return row && !(row->flags & not ) ? row->text : NULL;
}

/* The language that this class names, alone or by the class after it: "brush:
 * js". */
static const char *by_class(struct arena *arena, struct str class,
                            struct str rest)
{
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
        struct str prefix = str_of(prefixes[i]);
        if (!str_starts_nocase(class, prefix))
            continue;
        struct str name = str_sub(class, prefix.n, class.n);
        if (!name.n && !str_next_word(&rest, &name))
            return NULL;
        return named(arena, name);
    }
    for (size_t i = 0; i < ARRAY_LEN(weak_prefixes); i++) {
        struct str prefix = str_of(weak_prefixes[i]);
        if (str_starts(class, prefix))
            return maybe_named(str_sub(class, prefix.n, class.n), UNSURE);
    }
    if (str_ends(class, weak_suffix))
        return maybe_named(str_sub(class, 0, class.n - weak_suffix.n), UNSURE);
    return NULL;
}

static const char *by_classes(struct arena *arena, struct str classes,
                              bool bare)
{
    const char *found = NULL;
    struct str class;
    while (!found && classes.n && str_next_word(&classes, &class)) {
        found = by_class(arena, class, classes);
        if (!found && bare)
            found = maybe_named(class, UNSURE);
    }
    return found;
}

static const char *of_element(struct arena *arena, const xmlNode *n, bool code)
{
    const char *found = NULL;
    for (size_t i = 0; i < ARRAY_LEN(data_attributes) && !found; i++) {
        struct str value = tree_attr(n, data_attributes[i]);
        found = value.n ? named(arena, value) : NULL;
    }
    if (!found && code)
        found = maybe_named(str_trim(tree_attr(n, "lang")), NATURAL | UNSURE);
    bool bare = code || (code_marks(n) & CODE_AREA);
    return found ? found : by_classes(arena, tree_attr(n, "class"), bare);
}

/* The elements around a pre that may be there for it alone. */
static bool wraps(const xmlNode *n)
{
    static const char *const names[] = {
        "div", "figure", "pre", "span", "code", "table", "tbody", "td", "tr"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (tree_is(n, names[i]))
            return true;
    return false;
}

/* The same, for what may be around many a pre: each is read once. */
static const char *of_wrapper(struct arena *arena, xmlNode *n)
{
    if (!tree_attr(n, "#language").p) {
        const char *found = of_element(arena, n, false);
        tree_set_attr(n, "#language", str_of(found ? found : "?"));
    }
    struct str name = tree_attr(n, "#language");
    return str_eq(name, STR("?")) ? NULL : arena_str(arena, name);
}

/* What the pre holds, or was put around. */
static const char *of_content(struct arena *arena, const xmlNode *pre)
{
    const char *found = NULL;
    for (const xmlNode *n = pre->children; n && !found; n = n->next) {
        const xmlNode *code = tree_is(n, "span") ? n->children : n;
        if (tree_is(code, "code") || tree_is(code, "ol") ||
            tree_is(code, "table"))
            found = of_element(arena, code, tree_is(code, "code"));
    }
    return found;
}

const char *code_language(struct arena *arena, const xmlNode *pre)
{
    enum { LEVELS = 8 }; /* Rouge: div, div, div, table, tbody, tr, td, pre */
    const char *found = of_content(arena, pre);
    if (!found)
        found = of_element(arena, pre, true);
    xmlNode *n = pre->parent;
    for (int i = 0; i < LEVELS && !found && wraps(n); i++, n = n->parent)
        found = of_wrapper(arena, n);
    return found && *found ? found : NULL;
}

const struct code_word *code_language_row(size_t n)
{
    return n < ARRAY_LEN(languages) ? &languages[n] : NULL;
}
