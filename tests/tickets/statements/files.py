"""Files of banks, invented, in the shapes that real banks send."""

SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."


def camt(*entries, version="02", balances=None, account="FR7630001007941234567890185"):
    """Return a CAMT.053 document of one statement; `balances` are the opening and the closing one."""
    both = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{amount}</Amt>"
        "<CdtDbtInd>CRDT</CdtDbtInd></Bal>"
        for kind, amount in zip(("OPBD", "CLBD"), balances or (), strict=False)
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<Document xmlns='{SPACE}{version}'>"
        f"\n<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Acct><Id><IBAN>{account}</IBAN></Id></Acct>{both}\n"
        + "\n".join(entries)
        + "\n</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def camt_entry(amount="55.00", text="K7M4QX2V", name="Marie Exemple", version="02", **more):
    """Return one entry; `mark`, `status`, `reversal`, `own`, `day`, `details` replace what a plain credit has."""
    party = f"<Nm>{name}</Nm>" if int(version) < 8 else f"<Pty><Nm>{name}</Nm></Pty>"
    status = more.get("status", "BOOK")
    details = more.get("details") or (
        f"<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr>{party}</Dbtr></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
    )
    parts = (
        f"<Ntry><Amt Ccy='{more.get('currency', 'EUR')}'>{amount}</Amt>",
        f"<CdtDbtInd>{more.get('mark', 'CRDT')}</CdtDbtInd>",
        "<RvslInd>true</RvslInd>" if more.get("reversal") else "",
        f"<Sts>{status}</Sts>" if int(version) < 4 else f"<Sts><Cd>{status}</Cd></Sts>",
        f"<BookgDt><Dt>{more.get('day', '2027-05-02')}</Dt></BookgDt>",
        f"<AcctSvcrRef>{more.get('own', 'B1')}</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>",
    )
    return "".join(parts)


MT940 = """:20:STARTUMSE
:25:30001007941234567890185
:28C:00001/001
:60F:C270501EUR1000,00
:61:2705020502C55,00NTRFNONREF//B4711
:86:166?00VIREMENT RECU?20K7M4?21QX2V BILLETS?32MARIE?33 EXEMPLE
:61:270502D12,5NTRFFRAIS
:86:FRAIS DE TENUE DE COMPTE
:61:270503CR5,NTRFREF7//NONREF
:86:/NAME/PAUL MARTIN/REMI/B2C3
D4F5
:62F:C270503EUR1047,50
-
"""

CREDIT_AGRICOLE = (
    "Compte Courant n° 12345678901;\r\nSolde au 05/05/2027;1 234,56 €;\r\n\r\n"
    "Date;Libellé;Débit euros;Crédit euros;\r\n"
    '03/05/2027;"VIREMENT EN VOTRE FAVEUR\r\nMME MARIE EXEMPLE\r\nK7M4QX2V";;55,00;\r\n'
    "04/05/2027;COTISATION;12,50;;\r\n"
).encode("cp1252")

BOURSO = (
    "\ufeffdateOp;dateVal;label;category;supplierFound;amount;accountNum\n"
    '2027-05-02;2027-05-02;"VIR SEPA k7m4 qx2v";Virements;marie exemple;"1 055,00";0001\n'
    '2027-05-02;2027-05-02;"Carte";Divers;;"-5,00";0001\n'
).encode()

ENGLISH = (
    b"Booking date,Counterparty name,Amount,Currency,Reference,Transaction ID\n"
    b'2027-05-02,Ann Example,"1,055.00",eur,K7M4QX2V,t-1\n'
)
