/**
 * Replies in the form of the registries' own, with only the lines that decide: about a free name, a registered one, and one
 * of which the registry says something else. `<name>` stands for the name, `<NAME>` for it in capital letters.
 */
export interface Replies {
  readonly free: string;
  readonly registered: string;
  /** By what the registry says. */
  readonly withheld?: Readonly<Record<string, string>>;
  /** If the server says it in words of its own. */
  readonly limited?: string;
}

export const cocca: Replies = {
  free: 'Domain Name: <name>\nDomain Status: No Object Found\n\nTERMS OF USE: none\n',
  registered:
    'Domain Name: <name>\nDomain ID: 1-CoCCA\nCreation Date: 2010-01-01T00:00:00.000Z\nSponsoring Registrar: Registrar\n' +
    'Domain Status: serverDeleteProhibited (Secured by CoCCA SuperLock)\nDomain Status: ok\n',
  withheld: {
    'prohibited string':
      'Domain Name: <name>\nDomain Status: Prohibited String - Domain Cannot Be Registered\n',
  },
};

export const fred: Replies = {
  free: '% Whoisd Server Version: 3.9.0\n\n%ERROR:101: no entries found\n%\n% No entries found.\n',
  registered:
    'domain:       <name>\nregistrar:    REG\nregistered:   13.05.2008 14:00:00\nexpire:       13.05.2030\n',
};

export const swedish: Replies = {
  free: '# Rights restricted.\n#\ndomain "<name>" not found.\n',
  registered:
    'state:            active\ndomain:           <name>\nholder:           (not shown)\nstatus:           ok\n',
};

export const channelIslands: Replies = {
  free: 'NOT FOUND\n',
  registered:
    'Domain:\n     <name>\n\nDomain Status:\n     Active\n\nRegistration status:\n     Registered until cancelled\n\n' +
    'They include restrictions and prohibitions on\n- exceeding query rate or volume limits.\n',
};

export const aus: Replies = {
  free: 'No Data Found\r\n',
  registered:
    'Domain Name:                     <name>\r\nStatus:                          clientUpdateProhibited\r\n',
};

export const southAfrican: Replies = {
  free: 'Available\n\n\nNo information was found matching that query.\n\n>>> Last update of WHOIS database: 2026-07-12T12:34:26Z <<<\n',
  registered: 'Domain Name: <name>\nDomain ID: dom_1\nCreation Date: 2001-06-25T20:37:59Z\n',
  limited: 'Please go away for 13 Seconds\n',
};
