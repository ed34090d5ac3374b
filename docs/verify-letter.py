#!/usr/bin/env python3
"""Verifies the editions of a letter of intent from the service's answer to this query, as docs/letters.md describes:

query Letter($id: ID!) {
  letter(id: $id) {
    id
    initiator { id }
    editions {
      number
      digest
      canonicalForm
      titleTranslations { locale text }
      text { contentTranslations { locale text } }
      bindingLocale
      document { name mediaType sha256 url }
      annexes { name mediaType sha256 url }
      parties {
        partner { id }
        requirement
        legalEntity { name register registerNumber seat }
        signaturesRequired
        answer { signatures { digest } earlierSignatures { digest } }
      }
      visibility
      publishText
      minimumMethod
      noticeDays
      accessionObjectionDays
      lapsesOn
      inForceOn
      endsOn
      hiddenFields
    }
  }
}

For each edition it writes the canonical form from these fields, and compares its SHA-256 digest with that of the edition and of each
signature. The field canonicalForm is only used to name what differs; if the service has none, that is named. What cannot be checked is named,
and is not taken for verified.

Exit code: 0 if all editions in the answer are verified, otherwise 1 (2 if it was called with wrong arguments).
Needs Python 3.8 or newer, and nothing else.
"""

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import sys
import uuid

VERSION = "letter-edition/1"
FILE = ("name", "mediaType", "sha256")


class NoLetter(Exception):
    """The input is not an answer to the query above."""


class Reader:
    """Reads the fields of an edition, and notes what it cannot read."""

    def __init__(self, edition):
        hidden = edition.get("hiddenFields")
        self.hidden = hidden if isinstance(hidden, list) else []
        self.unread = []
        if not isinstance(hidden, list):
            self.unread.append("hiddenFields (not in the answer)")

    def value(self, holder, field, kind, path="", optional=False):
        """The value of a field. None if it has none, or if it cannot be read, which is noted then."""
        path = path or field
        value = holder.get(field)
        if field not in holder:
            self.unread.append(path + " (not in the answer)")
        elif path == field and field in self.hidden:
            self.unread.append(path + " (hidden)")
        # Of an edition's own fields those that are hidden are known: another without a value is what differs.
        elif value is None and not optional and path != field:
            self.unread.append(path + " (hidden, or there is none)")
        # In Python, True is an int.
        elif value is not None and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            self.unread.append(path + " (another type than documented)")
        else:
            return value
        return None

    def objects(self, holder, field, path=""):
        """The objects of a list."""
        objects = self.value(holder, field, list, path) or []
        if all(isinstance(each, dict) for each in objects):
            return objects
        self.unread.append((path or field) + " (another type than documented)")
        return []

    def texts(self, holder, field, path=""):
        """Translations, as an object that has the texts by language."""
        path = path or field
        texts = {}
        for index, each in enumerate(self.objects(holder, field, path)):
            place = f"{path}.{index}."
            locale = self.value(each, "locale", str, place + "locale")
            if locale in texts:
                self.unread.append(f"{place}locale (given twice)")
            texts[locale] = self.value(each, "text", str, place + "text")
        return texts

    def uuid(self, holder, kind, path):
        """The UUID of a global id: base64url without padding of the type's name, a zero byte and the 16 bytes of the UUID."""
        text = self.value(holder, "id", str, path)
        if text is None:
            return None
        try:
            name, _, key = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True).partition(b"\0")
            if name == kind.encode("ascii"):
                return str(uuid.UUID(bytes=key))
        except (binascii.Error, ValueError):
            pass
        self.unread.append(f"{path} (not the id of a {kind})")
        return None

    def file(self, holder, path):
        return {field: self.value(holder, field, str, f"{path}.{field}") for field in FILE}


def content_of(letter, edition, reader):
    """What the edition's parties agree on, with the names of the canonical form."""
    initiator = reader.value(letter, "initiator", dict, "letter.initiator")
    content = {
        "initiator": None if initiator is None else reader.uuid(initiator, "Partner", "letter.initiator.id"),
        "title": reader.texts(edition, "titleTranslations"),
        "annexes": [reader.file(each, f"annexes.{n}") for n, each in enumerate(reader.objects(edition, "annexes"))],
        "parties": [party_of(each, reader, f"parties.{n}") for n, each in enumerate(reader.objects(edition, "parties"))],
    }
    text = reader.value(edition, "text", dict, optional=True)
    if text is not None:
        content["text"] = reader.texts(text, "contentTranslations", "text.contentTranslations")
    document = reader.value(edition, "document", dict, optional=True)
    if document is not None:
        content["document"] = reader.file(document, "document")
    for field, kind in (
        ("visibility", str),
        ("publishText", bool),
        ("minimumMethod", str),
        ("noticeDays", int),
        ("accessionObjectionDays", int),
        ("lapsesOn", str),
    ):
        content[field] = reader.value(edition, field, kind)
    for field in ("bindingLocale", "inForceOn", "endsOn"):
        content[field] = reader.value(edition, field, str, optional=True)
    return present(content)


def party_of(party, reader, path):
    content = {
        "partner": reader.uuid(reader.value(party, "partner", dict, path + ".partner") or {}, "Partner", path + ".partner.id"),
        "requirement": reader.value(party, "requirement", str, path + ".requirement"),
        "signaturesRequired": reader.value(party, "signaturesRequired", int, path + ".signaturesRequired"),
    }
    entity = reader.value(party, "legalEntity", dict, path + ".legalEntity", optional=True)
    if entity is not None:
        path += ".legalEntity."
        content["legalEntity"] = present({
            "name": reader.value(entity, "name", str, path + "name"),
            "register": reader.value(entity, "register", str, path + "register", optional=True),
            "registerNumber": reader.value(entity, "registerNumber", str, path + "registerNumber", optional=True),
            "seat": reader.value(entity, "seat", str, path + "seat"),
        })
    return content


def present(members):
    """What has no value is absent from the canonical form."""
    return {name: value for name, value in members.items() if value is not None}


def canonical(value):
    """JSON in the canonical form of RFC 8785, of objects, lists, texts, booleans and whole numbers."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(each) for each in value) + "]"
    # Escapes what RFC 8785 does, and nothing else.
    return json.dumps(value, ensure_ascii=False)


def sha256(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def leaves(value, path=""):
    """The values in a JSON value, by path."""
    if isinstance(value, (dict, list)):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        found = {}
        for name, member in members:
            found.update(leaves(member, f"{path}.{name}" if path else str(name)))
        return found
    return {path: (type(value), value)}


def parsed(form):
    """The parts of a canonical form, by path. None if it is none of this version."""
    parts = form.split("\n", 3)
    if len(parts) < 4 or parts[0] != VERSION:
        return None
    try:
        found = leaves(json.loads(parts[3]))
    except ValueError:
        return None
    found.update({"letter": (str, parts[1]), "number": (str, parts[2])})
    return found


def differing(form, shown, digest):
    """Names what differs from what was offered with this digest.

    form: as the fields give it
    shown: as the service shows it; None if it was not asked
    """
    if sha256(form) == digest:
        return set() if shown in (None, form) else {"canonicalForm"}
    if shown in (None, form):
        return {"digest"}
    offered = parsed(shown) or {}
    fields = parsed(form)
    found = {path for path in offered.keys() | fields.keys() if offered.get(path) != fields.get(path)} or {"digest"}
    return found if sha256(shown) == digest else found | {"canonicalForm"}


def signatures_of(edition, reader):
    """The digest of each signature, by the name that verifyLetter gives it: of each party those that no longer count come first."""
    found = {}
    for n, party in enumerate(reader.objects(edition, "parties")):
        path = f"parties.{n}.answer"
        answer = reader.value(party, "answer", dict, path) or {}
        both = [each for field in ("earlierSignatures", "signatures") for each in reader.objects(answer, field, f"{path}.{field}")]
        for index, signature in enumerate(both):
            name = f"signatures.{n}.{index}.digest"
            found[name] = reader.value(signature, "digest", str, name)
    return found


class Files:
    """Downloaded files, by what they contain."""

    def __init__(self, folder):
        self.digests = set()
        self.names = set()
        for place, _, names in os.walk(folder):
            for name in names:
                digest = hashlib.sha256()
                with open(os.path.join(place, name), "rb") as file:
                    for chunk in iter(lambda: file.read(1 << 16), b""):
                        digest.update(chunk)
                self.digests.add(digest.hexdigest())
                self.names.add(name)

    def lack(self, content):
        """Names the files of an edition that are not there."""
        attached = {f"annexes.{n}": file for n, file in enumerate(content["annexes"])}
        if "document" in content:
            attached["document"] = content["document"]
        for path, file in attached.items():
            if file["sha256"] not in self.digests:
                why = "other content" if file["name"] in self.names else "not in the folder"
                yield f"{path}: {json.dumps(file['name'])} ({why})"


class Result:
    """What became of an edition."""

    def __init__(self, letter, edition, files=None):
        self.number = edition.get("number")
        self.differences = set()
        self.lacking = []
        self.form = None
        self.shown = None
        self.is_lost = False
        reader = Reader(edition)
        number = reader.value(edition, "number", int)
        self.digest = reader.value(edition, "digest", str)
        identifier = reader.uuid(letter, "LetterOfIntent", "letter.id")
        content = content_of(letter, edition, reader)
        self.signatures = signatures_of(edition, reader)
        if "canonicalForm" in edition:
            self.shown = reader.value(edition, "canonicalForm", str, optional=True)
            # The service shows none that is missing or was altered, and then no text either.
            self.is_lost = edition["canonicalForm"] is None and "canonicalForm" not in reader.hidden
            if self.shown is not None and not self.shown.startswith(VERSION + "\n") and sha256(self.shown) == self.digest:
                reader.unread.append(f"canonicalForm (not of the version {VERSION})")
        self.unread = list(dict.fromkeys(reader.unread))
        if self.digest is not None:
            self.differences |= {name for name, digest in self.signatures.items() if digest not in (None, self.digest)}
        if not self.unread:
            self.form = "\n".join((VERSION, identifier, str(number), canonical(content)))
            self.differences |= {"canonicalForm"} if self.is_lost else differing(self.form, self.shown, self.digest)
            self.uncompared = len(content["annexes"]) + ("document" in content) if files is None else 0
            self.lacking = list(files.lack(content)) if files else []

    def is_verified(self):
        return not (self.unread or self.differences or self.lacking)

    def lines(self):
        """The report."""
        name = f"Edition {json.dumps(self.number)}"
        if self.is_verified():
            yield f"{name}: verified, digest {self.digest}, signatures with this digest: {len(self.signatures)}"
        elif self.differences or self.lacking:
            yield f"{name}: DIFFERENT"
        else:
            yield f"{name}: NOT CHECKED"
        if self.form is not None and sha256(self.form) != self.digest:
            yield f"  digest of the edition: {json.dumps(self.digest)}"
            yield f"  digest of its fields:  {sha256(self.form)}"
        for difference in sorted(self.differences):
            yield "  differs: " + printable(difference)
        if self.differences & {"canonicalForm", "digest"} and self.shown is None:
            yield "  without canonicalForm it cannot be said which field differs"
        for missing in self.lacking:
            yield "  file: " + missing
        for unread in self.unread:
            yield "  not checked: " + printable(unread)
        if self.form is not None and self.uncompared:
            yield f"  not checked: the content of {self.uncompared} files; download them and add --files"


def printable(text):
    """Without characters that act on a terminal."""
    return json.dumps(text)[1:-1]


def letter_of(answer):
    """The letter in an answer to the query."""
    if isinstance(answer, dict) and answer.get("errors"):
        raise NoLetter("The answer has errors: " + json.dumps(answer["errors"]))
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, dict) or "letter" not in data:
        raise NoLetter("This is not the answer to the query for a letter.")
    letter = data["letter"]
    if letter is None:
        raise NoLetter("The letter does not exist, or not for the account that asked.")
    editions = letter.get("editions") if isinstance(letter, dict) else None
    if not isinstance(editions, list) or not all(isinstance(each, dict) for each in editions):
        raise NoLetter("The answer has no editions.")
    if not editions:
        raise NoLetter("The account that asked sees no edition that was offered.")
    return letter


def verify(answer, files):
    """Prints the report on an answer. Returns whether all of it is verified."""
    letter = letter_of(answer)
    results = [Result(letter, edition, files) for edition in letter["editions"]]
    for result in results:
        print(*result.lines(), sep="\n")
    numbers = [result.number for result in results if isinstance(result.number, int)]
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if missing:
        print("Not in the answer, since the account that asked does not see them: edition", *missing)
    return all(result.is_verified() for result in results)


def verify_vectors(folder):
    """Prints whether this script writes the test vectors of letters.md as they stand there. Returns whether it does."""
    with open(os.path.join(folder, "letters.md"), encoding="utf-8") as page:
        documented = re.findall(r"```text\n(letter-edition/.*?)\n```\n\nDigest: `([0-9a-f]{64})`", page.read(), re.DOTALL)
    vectors = os.path.join(folder, "letters")
    written = []
    for name in sorted(os.listdir(vectors)):
        with open(os.path.join(vectors, name), encoding="utf-8") as file:
            letter = letter_of(json.load(file))
        for result in (Result(letter, edition) for edition in letter["editions"]):
            written.append((result.form, result.digest))
            print(f"{name}:", *result.lines(), sep="\n  ")
            if not result.is_verified():
                return False
    if not documented or sorted(documented) != sorted(written):
        print("letters.md: DIFFERENT from the files in letters")
        return False
    print(f"letters.md: verified, test vectors: {len(documented)}")
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answer", nargs="?", default="-", help="a file with the JSON answer to the query; - or nothing for the standard input")
    parser.add_argument("--files", metavar="DIR", help="a folder with the downloaded PDF and annexes, which are compared, too")
    parser.add_argument("--vectors", action="store_true", help="verify the test vectors beside this script instead of an answer")
    arguments = parser.parse_args()
    if arguments.vectors:
        return 0 if verify_vectors(os.path.dirname(os.path.abspath(__file__))) else 1
    if arguments.files and not os.path.isdir(arguments.files):
        parser.error(arguments.files + " is not a folder")
    try:
        if arguments.answer == "-":
            text = sys.stdin.buffer.read()
        else:
            with open(arguments.answer, "rb") as file:
                text = file.read()
        verified = verify(json.loads(text.decode("utf-8")), Files(arguments.files) if arguments.files else None)
    except OSError as failed:
        parser.error(str(failed))
    except NoLetter as why:
        print(why)
        verified = False
    except ValueError:
        print("The answer is not JSON in UTF-8.")
        verified = False
    return 0 if verified else 1


if __name__ == "__main__":
    sys.exit(main())
