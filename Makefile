# feedbind: saved feeds into EPUB 3.
#
#   make                build/feedbind and its workers
#   make setup demo     install what is missing, build, bind samples/guide
#   make setup check    install what is missing for the tests too, run them
#   make install        honours PREFIX and DESTDIR
#
# build=release (the default) or build=asan; each has a folder of its own.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

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

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Werror
PKG_CONFIG ?= pkg-config

# The libraries of each program. feedbind itself stays light: what decodes
# pictures or downloads them is linked into the workers alone.
PKGS_feedbind := libxml-2.0 gumbo libzip libdeflate libidn2 libmd
PKGS_image    := libpng libjpeg zimg freetype2 harfbuzz fribidi libmd
PKGS_fetch    := libcurl libidn2 libmd
PKGS := $(sort $(PKGS_feedbind) $(PKGS_image) $(PKGS_fetch))

CPPFLAGS_ALL = -D_GNU_SOURCE -DFEEDBIND_VERSION='"$(VERSION)"' -Isrc -I$(O)/gen \
               $(shell $(PKG_CONFIG) --cflags $(PKGS)) $(CPPFLAGS)
CFLAGS_ALL   = -std=c17 -pthread $(WARNINGS) $(CFLAGS)

# Each worker has a main of its own; all else is one library of objects from
# which the linker takes what is used.
MAINS   := src/main.c src/image/feedbind-image.c src/net/feedbind-fetch.c
SOURCES := $(filter-out $(MAINS),$(wildcard src/*.c src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(O)/obj/%.o)
PROGRAMS := $(O)/feedbind $(O)/feedbind-image $(O)/feedbind-fetch

.PHONY: all
all: $(PROGRAMS)

$(O)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(O)/libfeedbind.a: $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

link = $(CC) $(CFLAGS_ALL) $(LDFLAGS) -Wl,--as-needed -o $@ $(filter %.o %.a,$^) \
       $(shell $(PKG_CONFIG) --libs $(1)) -lm

$(O)/feedbind: $(O)/obj/main.o $(O)/libfeedbind.a
	$(call link,$(PKGS_feedbind))
$(O)/feedbind-image: $(O)/obj/image/feedbind-image.o $(O)/libfeedbind.a
	$(call link,$(PKGS_image))
$(O)/feedbind-fetch: $(O)/obj/net/feedbind-fetch.o $(O)/libfeedbind.a
	$(call link,$(PKGS_fetch))

# Unit tests: tests/unit/test_NAME.c is a program of its own (cmocka).
UNIT_TESTS := $(patsubst tests/unit/%.c,$(O)/tests/%,$(wildcard tests/unit/test_*.c))

$(O)/tests/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -Itests/unit $(CFLAGS_ALL) -MMD -MP -c -o $@ $<
$(O)/tests/test_%: $(O)/tests/test_%.o $(O)/libfeedbind.a
	$(call link,$(PKGS) cmocka)

.PHONY: unit
unit: $(UNIT_TESTS)
	@for t in $^; do $$t || exit 1; done

# The downloader against a server on loopback that misbehaves (TAP).
.PHONY: check-net
check-net: $(O)/feedbind-fetch
	python3 tests/net/run.py $<

.PHONY: clean
clean:
	rm -rf build

-include $(wildcard $(O)/obj/*.d $(O)/obj/*/*.d $(O)/tests/*.d)
