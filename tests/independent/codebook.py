"""Checks whether a .qdc file is valid: `python3 tests/independent/codebook.py FILE.qdc`, with xmlschema from PyPI.

The schema states what REFI-QDA 1.0 requires of a codebook: the order of elements, the required attributes, and the format of
guids and colors. The published schema (REFI-QDA 1.5, section 5.2) requires the same, except that this one also forbids
duplicate guids.
"""

import sys

import xmlschema

GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

SCHEMA = f"""
<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns="urn:QDA-XML:codebook:1.0"
          targetNamespace="urn:QDA-XML:codebook:1.0" elementFormDefault="qualified">
  <x:simpleType name="guid"><x:restriction base="x:token"><x:pattern value="{GUID}|\\{{{GUID}\\}}"/></x:restriction></x:simpleType>
  <x:simpleType name="color"><x:restriction base="x:token"><x:pattern value="#([0-9a-fA-F]{{6}}|[0-9a-fA-F]{{3}})"/></x:restriction></x:simpleType>
  <x:complexType name="code">
    <x:sequence>
      <x:element name="Description" type="x:string" minOccurs="0"/>
      <x:element name="Code" type="code" minOccurs="0" maxOccurs="unbounded"/>
    </x:sequence>
    <x:attribute name="guid" type="guid" use="required"/>
    <x:attribute name="name" type="x:string" use="required"/>
    <x:attribute name="isCodable" type="x:boolean" use="required"/>
    <x:attribute name="color" type="color"/>
  </x:complexType>
  <x:complexType name="set">
    <x:sequence>
      <x:element name="Description" type="x:string" minOccurs="0"/>
      <x:element name="MemberCode" minOccurs="0" maxOccurs="unbounded">
        <x:complexType><x:attribute name="guid" type="guid" use="required"/></x:complexType>
      </x:element>
    </x:sequence>
    <x:attribute name="guid" type="guid" use="required"/>
    <x:attribute name="name" type="x:string" use="required"/>
  </x:complexType>
  <x:element name="CodeBook">
    <x:complexType>
      <x:sequence>
        <x:element name="Codes"><x:complexType><x:sequence><x:element name="Code" type="code" maxOccurs="unbounded"/></x:sequence></x:complexType></x:element>
        <x:element name="Sets" minOccurs="0"><x:complexType><x:sequence><x:element name="Set" type="set" maxOccurs="unbounded"/></x:sequence></x:complexType></x:element>
      </x:sequence>
      <x:attribute name="origin" type="x:string"/>
    </x:complexType>
    <x:unique name="each"><x:selector xpath=".//*"/><x:field xpath="@guid"/></x:unique>
  </x:element>
</x:schema>
"""


def main() -> None:
    schema = xmlschema.XMLSchema(SCHEMA)
    for file in sys.argv[1:]:
        schema.validate(file)
        print(f"{file} is a codebook")


if __name__ == "__main__":
    main()
