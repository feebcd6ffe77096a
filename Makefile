# feedbind: saved feeds into EPUB 3.
#
#   make                build/feedbind and its workers
#   make setup demo     install what is missing, build, bind samples/guide
#   make setup check    install what the tests need as well, and run them
#   make check          run the tests; SUITES="unit golden/feed" runs these
#   make check-long     those too that take minutes
#   make bench          time and memory, against the least they could be
#   make fuzz           random bytes as articles, found by libFuzzer (clang);
#                       ENTRY=picture: as pictures
#   make install        honours PREFIX and DESTDIR; make uninstall too
#
# svg=no and avif=no leave out what reads these formats, as happens when their
# libraries are not there.
#
# build=release (the default), asan or fuzz; each has a folder of its own.
# V=1 shows the commands.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

# What building and running need, as what-to-look-for:Debian-package. A library
# is looked for by its pkg-config file, a file by its path, else a command.
NEEDED := cc:gcc pkg-config:pkgconf /usr/include/stdio.h:libc6-dev \
          /etc/ssl/certs/ca-certificates.crt:ca-certificates \
          libxml-2.0.pc:libxml2-dev gumbo.pc:libgumbo-dev \
          libzip.pc:libzip-dev libdeflate.pc:libdeflate-dev \
          libidn2.pc:libidn2-dev nettle.pc:nettle-dev \
          jansson.pc:libjansson-dev \
          uchardet.pc:libuchardet-dev libpng.pc:libpng-dev \
          libjpeg.pc:libjpeg62-turbo-dev libgif.pc:libgif-dev \
          libwebp.pc:libwebp-dev zimg.pc:libzimg-dev lcms2.pc:liblcms2-dev \
          freetype2.pc:libfreetype-dev harfbuzz.pc:libharfbuzz-dev \
          fribidi.pc:libfribidi-dev libcurl.pc:libcurl4-openssl-dev \
          libarchive.pc:libarchive-dev libbrotlidec.pc:libbrotli-dev

# The faces, and the font packages that bring them: see fonts/faces.txt.
FACES  := $(shell awk '/^[a-z]/ { print $$2 ":" $$3 }' \
            $(wildcard fonts/faces.txt) </dev/null)
NEEDED += $(FACES)

# What feedbind can do without; `make setup` and the tests want it.
PKGS_svg  := librsvg-2.0 fontconfig
PKGS_avif := libavif
NEEDED_svg  := librsvg-2.0.pc:librsvg2-dev fontconfig.pc:libfontconfig-dev
NEEDED_avif := libavif.pc:libavif-dev
OPTIONAL := svg avif

# What the tests need besides.
TESTING := $(filter check check-long,$(MAKECMDGOALS))
ifneq ($(TESTING)$(filter unit,$(MAKECMDGOALS)),)
NEEDED += cmocka.pc:libcmocka-dev python3:python3
endif
ifneq ($(TESTING),)
NEEDED += javac:default-jdk-headless npm:npm mutool:mupdf-tools \
          clang-format:clang-format clang-tidy:clang-tidy cppcheck:cppcheck \
          mandoc:mandoc convert:imagemagick \
          jpegtran:libjpeg-turbo-progs cwebp:webp openssl:openssl \
          wget:wget rsvg-convert:librsvg2-bin avifenc:libavif-bin \
          zstd:zstd brotli:brotli
endif
ifneq ($(TESTING)$(filter setup,$(MAKECMDGOALS)),)
NEEDED += $(foreach f,$(OPTIONAL),$(if $(filter no,$($(f))),,$(NEEDED_$(f))))
endif
ifneq ($(filter bench,$(MAKECMDGOALS)),)
NEEDED += python3:python3 valgrind:valgrind vipsthumbnail:libvips-tools
endif
ifneq ($(filter fuzz,$(MAKECMDGOALS)),)
NEEDED += clang:clang
endif
ifneq ($(filter check-long,$(TESTING)),)
NEEDED += debootstrap:debootstrap
endif

# A shell loop that prints those of them that are not there.
PKG_CONFIG ?= pkg-config
find_missing = for i in $(NEEDED); do case $${i%%:*} in \
    *.pc) n=$${i%%.pc:*}; $(PKG_CONFIG) --exists $$n 2>/dev/null ;; \
    /*) test -e $${i%%:*} ;; \
    *) command -v $${i%%:*} >/dev/null ;; \
    esac || echo $$i; done
look_for = $(firstword $(subst :, ,$(1)))

ifneq ($(filter setup,$(MAKECMDGOALS)),)
# The other goals are made by a make of their own once everything is there;
# this one must not look for a library.
GOALS := $(filter-out setup,$(MAKECMDGOALS))
SUDO  := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: setup $(GOALS)
setup:
	@set -- $$($(find_missing) | sed 's/.*://' | sort -u); \
	[ $$# -gt 0 ] || exit 0; \
	echo "setup: installing $$*"; \
	$(SUDO) apt-get -q update && \
	$(SUDO) env DEBIAN_FRONTEND=noninteractive \
	    apt-get -q install -y --no-install-recommends "$$@"
ifneq ($(TESTING),)
	@cd tests && \
	if [ ! -e node_modules/.package-lock.json ] || \
	    [ package-lock.json -nt node_modules/.package-lock.json ]; then \
	    npm ci --no-audit --no-fund; \
	fi
endif
	$(if $(GOALS),@$(MAKE) --no-print-directory $(GOALS))

$(GOALS): setup ; @:

else

VERSION := 0.1
PREFIX  ?= /usr/local
CC      ?= cc
build   ?= release

ifeq ($(build),release)
O      := build
CFLAGS ?= -O2 -g
endif
ifeq ($(build),asan)
O      := build/asan
CFLAGS ?= -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer \
          -fno-sanitize-recover=undefined
LDFLAGS += -fsanitize=address,undefined
endif

ifeq ($(build),fuzz)
O      := build/fuzz
CC     := clang
CFLAGS ?= -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
          -fno-sanitize-recover=undefined
LDFLAGS += -fsanitize=address,undefined
endif

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Werror

# Which of the optional formats are built in: those whose libraries are there,
# unless the command line says no.
is_there = $(if \
    $(shell $(PKG_CONFIG) --exists $(PKGS_$(1)) && echo there),yes,no)
svg  := $(call is_there,svg)
avif := $(call is_there,avif)
WITH := $(foreach f,$(OPTIONAL),$(if $(filter yes,$($(f))),$(f)))
FORMATS := -DFEEDBIND_SVG=$(if $(filter svg,$(WITH)),1,0) \
           -DFEEDBIND_AVIF=$(if $(filter avif,$(WITH)),1,0)

# The libraries of each program. feedbind itself stays light: what decodes
# pictures or downloads them is linked into the workers alone, and what takes
# long to load into the one that few books need.
PKGS_feedbind := libxml-2.0 gumbo libzip libdeflate libidn2 nettle jansson \
                 uchardet
PKGS_image    := libpng libdeflate libjpeg libgif libwebp libwebpdemux lcms2 \
                 zimg freetype2 harfbuzz fribidi nettle
PKGS_draw     := libpng libdeflate libjpeg lcms2 zimg \
                 $(foreach f,$(WITH),$(PKGS_$(f)))
PKGS_fetch    := libcurl libidn2 nettle
PKGS_unpack   := libarchive libbrotlidec
PKGS := $(sort $(PKGS_feedbind) $(PKGS_image) $(PKGS_draw) $(PKGS_fetch) \
                 $(PKGS_unpack))

# Before anything is compiled: is everything there?
ifneq ($(filter-out clean uninstall,$(or $(MAKECMDGOALS),all)),)
missing := $(shell $(find_missing))
ifneq ($(missing),)
$(foreach m,$(missing),\
    $(info feedbind needs $(patsubst %.pc,%,$(call look_for,$(m))): \
    the Debian package $(lastword $(subst :, ,$(m))) brings it))
$(error `make setup $(MAKECMDGOALS)` installs what is missing)
endif
$(foreach f,$(filter-out $(WITH),$(OPTIONAL)),\
    $(if $(findstring command,$(origin $(f))),,\
    $(info feedbind is built without $(f): \
    `make setup` installs what it needs)))
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS))
# Rewritten when a format comes or goes.
$(shell mkdir -p $(O); echo '$(FORMATS)' | cmp -s - $(O)/formats || \
    echo '$(FORMATS)' >$(O)/formats)
endif

CPPFLAGS_ALL = -D_GNU_SOURCE -DFEEDBIND_VERSION='"$(VERSION)"' \
               $(FORMATS) -Isrc $(PKG_CFLAGS) $(CPPFLAGS)
CFLAGS_ALL   = -std=c17 -pthread $(WARNINGS) $(CFLAGS)

# Each worker has a main of its own; all else is one library of objects from
# which the linker takes what is used.
MAINS   := src/main.c src/image/feedbind-image.c src/image/feedbind-draw.c \
           src/net/feedbind-fetch.c src/unpack/feedbind-unpack.c
WITHOUT := $(foreach f,$(filter-out $(WITH),$(OPTIONAL)),src/raster/$(f)%)
SOURCES := $(filter-out $(MAINS) $(WITHOUT),\
             $(wildcard src/*.c src/*/*.c src/*/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(O)/obj/%.o)
PROGRAMS := $(O)/feedbind $(O)/feedbind-image $(O)/feedbind-draw \
            $(O)/feedbind-fetch $(O)/feedbind-unpack

# The faces, gathered from the system's font packages.
FACE_FILES := $(foreach f,$(FACES),$(call look_for,$(f)))
FONTS      := $(addprefix $(O)/fonts/,$(notdir $(FACE_FILES)))

say = $(if $(V),,@printf '  %-4s %s\n' $(1) $@; )

.PHONY: all
all: $(PROGRAMS) $(FONTS)

$(O)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# The templates are built in by the assembler, which tells make nothing.
$(O)/obj/epub/templates.o: $(wildcard templates/*)

# What knows which formats are built in.
$(O)/obj/raster/format.o $(O)/obj/raster/codec_drawn.o \
$(O)/obj/image/feedbind-draw.o: $(O)/formats

$(O)/libfeedbind.a: $(OBJECTS)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

link = $(call say,LINK)$(CC) $(CFLAGS_ALL) $(LDFLAGS) -Wl,--as-needed -o $@ \
       $(filter %.o %.a,$^) $(if $(1),$(shell $(PKG_CONFIG) --libs $(1))) -lm

$(O)/feedbind: $(O)/obj/main.o $(O)/libfeedbind.a
	$(call link,$(PKGS_feedbind))
$(O)/feedbind-image: $(O)/obj/image/feedbind-image.o $(O)/libfeedbind.a
	$(call link,$(PKGS_image))
$(O)/feedbind-draw: $(O)/obj/image/feedbind-draw.o $(O)/libfeedbind.a
	$(call link,$(PKGS_draw))
$(O)/feedbind-fetch: $(O)/obj/net/feedbind-fetch.o $(O)/libfeedbind.a
	$(call link,$(PKGS_fetch))
$(O)/feedbind-unpack: $(O)/obj/unpack/feedbind-unpack.o $(O)/libfeedbind.a
	$(call link,$(PKGS_unpack))

define face_rule
$(O)/fonts/$(notdir $(1)): $(1)
	@mkdir -p $$(@D)
	$$(call say,FONT)cp $$< $$@
endef
$(foreach f,$(FACE_FILES),$(eval $(call face_rule,$(f))))

# The guide, bound.
.PHONY: demo
demo: all
	$(O)/feedbind --offline --images samples/guide -o $(O)/guide.epub \
	    samples/guide/guide.xml
	@echo "The guide to feedbind is in $(O)/guide.epub"

# Everything under tests/ that is C. Unit tests: tests/unit/test_NAME.c is a
# program of its own (cmocka). dump prints the stages' values as text; picture
# makes, decodes and compares pictures.
UNIT_TESTS := $(patsubst tests/unit/%.c,$(O)/tests/%,\
                $(wildcard tests/unit/test_*.c))
DUMPS := $(patsubst tests/%.c,$(O)/tests/obj/%.o,$(wildcard tests/dump/*.c))
PICTURES := $(patsubst tests/%.c,$(O)/tests/obj/%.o,\
              $(wildcard tests/picture/*.c))

$(O)/tests/obj/%.o: tests/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<
$(O)/tests/test_%: $(O)/tests/obj/unit/test_%.o $(O)/libfeedbind.a
	$(call link,$(PKGS) cmocka)
$(O)/tests/dump: $(DUMPS) $(O)/libfeedbind.a
	$(call link,$(PKGS))
$(O)/tests/picture: $(PICTURES) $(O)/libfeedbind.a
	$(call link,$(PKGS))
$(O)/tests/growth: $(O)/tests/obj/hostile/growth.o \
                   $(O)/tests/obj/article/one.o $(O)/libfeedbind.a
	$(call link,$(PKGS))
# The fuzzer brings a main of its own.
$(O)/tests/fuzz-%: $(O)/tests/obj/fuzz/%.o $(O)/tests/obj/article/one.o \
                   $(if $(filter fuzz,$(build)),,$(O)/tests/obj/fuzz/replay.o) \
                   $(O)/libfeedbind.a
	$(call link,$(PKGS)) $(if $(filter fuzz,$(build)),-fsanitize=fuzzer)
$(O)/tests/measure: $(O)/tests/obj/bench/measure.o
	$(call link,)
$(O)/tests/cost: $(O)/tests/obj/bench/cost.o $(O)/tests/obj/article/one.o \
                 $(O)/libfeedbind.a
	$(call link,$(PKGS))
$(O)/tests/floor: $(O)/tests/obj/bench/floor.o $(O)/libfeedbind.a
	$(call link,$(PKGS_feedbind)) -Wl,--no-as-needed \
	    $(shell $(PKG_CONFIG) --libs $(PKGS_feedbind))
.PRECIOUS: $(O)/tests/obj/%.o

.PHONY: unit
unit: $(UNIT_TESTS)
	@tests/run --build $(O) unit

# What the sources are compiled with, for the linters.
$(O)/flags: Makefile
	@mkdir -p $(@D)
	@printf '%s\n' $(CPPFLAGS_ALL) -std=c17 >$@

# The sanitizers' build runs what can differ in it: not the linters, and not
# EPUBCheck over the same books again.
CHECK_release :=
CHECK_asan    := --except lint --except books

.PHONY: check check-long
check check-long: all $(UNIT_TESTS) $(O)/tests/dump $(O)/tests/growth \
                 $(O)/tests/picture $(O)/tests/fuzz-article \
                 $(O)/tests/fuzz-picture $(O)/flags
	@tests/run --build $(O) $(CHECK_$(build)) \
	    $(if $(filter check-long,$@),--long) $(SUITES)

# FUZZ="-max_total_time=600" and such go to the fuzzer.
ENTRY ?= article
.PHONY: fuzz fuzz-run
fuzz:
	@$(MAKE) --no-print-directory build=fuzz fuzz-run
fuzz-run: $(O)/tests/fuzz-$(ENTRY)
	@mkdir -p $(O)/corpus/$(ENTRY)
	$(O)/tests/fuzz-$(ENTRY) -max_len=4096 $(FUZZ) $(O)/corpus/$(ENTRY) \
	    tests/fuzz/seeds/$(ENTRY) $(wildcard tests/golden/$(ENTRY))

.PHONY: bench
bench: all $(O)/tests/measure $(O)/tests/floor $(O)/tests/cost \
       $(O)/tests/picture
	@tests/bench/run $(O); a=$$?; tests/bench/images $(O) && exit $$a

# The program finds its workers and faces relative to itself: beside it, as
# here in build/, or as laid out below.
BIN   = $(DESTDIR)$(PREFIX)/bin
EXEC  = $(DESTDIR)$(PREFIX)/libexec/feedbind
SHARE = $(DESTDIR)$(PREFIX)/share/feedbind
MAN1  = $(DESTDIR)$(PREFIX)/share/man/man1

.PHONY: install uninstall
install: all
	install -d $(BIN) $(EXEC) $(SHARE)/fonts $(MAN1)
	install $(O)/feedbind $(BIN)
	install $(filter-out $(O)/feedbind,$(PROGRAMS)) $(EXEC)
	$(if $(FONTS),install -m 644 $(FONTS) $(SHARE)/fonts)
	install -m 644 src/feedbind.1 $(MAN1)
uninstall:
	rm -f $(BIN)/feedbind $(MAN1)/feedbind.1
	rm -rf $(EXEC) $(SHARE)

.PHONY: clean
clean:
	rm -rf build

-include $(wildcard $(addprefix $(O)/,obj/*.d obj/*/*.d obj/*/*/*.d \
                                      tests/obj/*/*.d))
endif
