import { describe, expect, it } from 'vitest';
import { findRegistrable } from '../../src/registries/registrable.js';

describe('findRegistrable', () => {
  it.each([
    ['for.dev', 'for.dev'],
    ['www.for.dev', 'for.dev'],
    ['a.b.for.dev', 'for.dev'],
    ['x.co.uk', 'x.co.uk'],
    ['www.x.co.uk', 'x.co.uk'],
    ['x.uk', 'x.uk'],
    ['www.city.kobe.jp', 'city.kobe.jp'],
    ['a.b.c.kobe.jp', 'b.c.kobe.jp'],
    ['xn--bcher-kva.dev', 'xn--bcher-kva.dev'],
    // Their registries have private suffixes, too, but not the names below them.
    ['uk.com', 'uk.com'],
    ['github.io', 'github.io'],
    ['smith.name', 'smith.name'],
    ['ottawa.on.ca', 'ottawa.on.ca'],
    ['www.ottawa.ca', 'ottawa.ca'],
    ['x.us', 'x.us'],
    ['www.x.us', 'x.us'],
  ])('finds for %s the registrable name %s', (name, registrable) => {
    expect(findRegistrable(name)).toEqual({ name: registrable });
  });

  it.each(['dev', 'co.uk', 'foo.kobe.jp', 'name.ck'])(
    'knows that nobody can register %s, which is a public suffix',
    (name) => {
      expect(findRegistrable(name)).toEqual({ unregistrable: 'a public suffix: it cannot be registered' });
    },
  );

  it.each([
    ['x.test', 'RFC 6761'],
    ['www.example.com', 'RFC 6761'],
    ['example.com', 'RFC 6761'],
    ['x.home.arpa', 'RFC 8375'],
    ['x.internal', 'ICANN'],
  ])('knows that nobody can register %s, which is reserved', (name, source) => {
    const unregistrable = `reserved by ${source}: nobody can register it`;
    expect(findRegistrable(name)).toEqual({ unregistrable });
  });

  it.each([
    ['x.uk.com', 'uk.com'],
    ['a.b.uk.com', 'uk.com'],
    ['me.github.io', 'github.io'],
    ['x.blogspot.com', 'blogspot.com'],
    ['x.eu-west-1.elb.amazonaws.com', 'eu-west-1.elb.amazonaws.com'],
    ['eu-west-1.elb.amazonaws.com', 'eu-west-1.elb.amazonaws.com'],
  ])('refuses %s, which is or is below the private suffix %s', (name, suffix) => {
    expect(findRegistrable(name)).toEqual({ problem: `${suffix} is a private suffix` });
  });

  it.each([
    ['john.smith.name', 'smith.name'],
    ['www.john.smith.name', 'smith.name'],
    ['ci.berkeley.ca.us', 'berkeley.ca.us'],
    ['school.district.k12.ca.us', 'district.k12.ca.us'],
    ['agency.fed.us', 'fed.us'],
    ['city.ottawa.on.ca', 'ottawa.on.ca'],
  ])('refuses %s, because there may be registrations below %s', (name, registrable) => {
    expect(findRegistrable(name)).toEqual({ problem: `${registrable} may have registrations below it` });
  });
});
