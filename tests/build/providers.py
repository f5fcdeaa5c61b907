"""The invented providers of the demonstration round, and what each typed into the form.

No organisation, person, address, number or figure here is real. E-mail domains end in .example, charity and company
numbers lie beyond those given out so far, and the second halves of postcodes are made up.
"""

from __future__ import annotations

from filling import (
    AND_NEIGHBOURS,
    BEACON,
    BY_AND_FOR,
    CHIDVA,
    CIO,
    COMPANY,
    COPE,
    DA,
    EVERYWHERE,
    GROUP,
    IDVA,
    IDVA_ADVICE,
    ISVA,
    ISVA_ADVICE,
    LEFT_BEHIND,
    LINE,
    NATIONAL,
    OUTREACH,
    RECOVER,
    RECOVERY,
    REGIONS,
    SAFE,
    SOCIAL,
    STALKING,
    SV,
    THERAPY,
    Filled,
    changed,
    commas,
    documents,
    form,
    full,
    money,
    need,
    organisation,
    service,
    signed,
    where,
)

ALL_SIX = ("accounts", "constitution", "safeguarding_children", "safeguarding_adults", "equality", "data_protection")

# Adviser posts: Independent Domestic Violence Advisers

THISTLEDOWN = form(
    "Thistledown Advocacy - EOI form.docx",
    organisation(
        "Thistledown Advocacy",
        charity="1999901",
        company="99900101",
        contact=("Maeve Oakhurst", "maeve.oakhurst@thistledown.example"),
    ),
    service(
        IDVA,
        "Thistledown IDVAs, north and east",
        "Three IDVAs for women at high risk in Stevenage, North Hertfordshire and East Hertfordshire. Each holds up to "
        "seventy cases a year, goes to the MARAC for her district, and stays with a woman from the first call until "
        "the risk has come down. We have run this team for nine years with two posts. Since last spring the two have "
        "carried ninety cases each and women have waited eleven working days for a first call. The third post brings "
        "that back to two days.\n"
        "Why us: we are already in the room. Our advisers sit in the police station at Stevenage three "
        "mornings a week.",
        fits="There are IDVAs in the county already and we work beside them, by district, with one shared waiting list "
        "agreed at the MARAC. Ours is the only team that covers rural East Hertfordshire. No case is held twice: the "
        "hub decides at referral who takes it.",
        start="1 April 2021",
        end="31 March 2023",
        posts=(
            ("IDVA, Stevenage", "Existing", "1", "27500", "Stevenage office"),
            ("IDVA, North Hertfordshire", "Existing", "1", "27500", "Letchworth, Thursdays in Royston"),
            ("IDVA, East Hertfordshire", "New", "1", "26800", "Hertford"),
        ),
    ),
    where(postcode="SG1 9ZZ"),
    need(
        "Our own case records, April to December 2020: 261 referrals against 188 in the same months of 2019. 74 women "
        "waited longer than a week for the first call. In the MARAC minutes for our three districts the phrase "
        '"no IDVA allocated in time" stands 19 times in those nine months. East Hertfordshire: 41 referrals, and the '
        "adviser drove there on one day a week.",
        reach=(
            ("Stevenage", "Women", IDVA_ADVICE, "70"),
            ("North Hertfordshire", "Women", IDVA_ADVICE, "60"),
            ("East Hertfordshire", "Women", IDVA_ADVICE, "50"),
        ),
        demand={
            "referrals": ("261", "April to December 2020"),
            "supported": ("187", "April to December 2020"),
            "waiting": ("31", "19 February 2021"),
            "weeks": ("2.2", "October to December 2020"),
            "turned_away": ("12", "April to December 2020"),
        },
        missing=(
            (
                "Older people",
                "Six women over 65 in nine months. We know there are more.",
                "Joint visits with the district nurses in Royston and Buntingford.",
            ),
        ),
        links=(
            (SAFE, "All three advisers hold the accredited IDVA qualification, or will by September (question 2.6)."),
            (COPE, "180 women a year, risk measured at the start, at three months and at closing."),
        ),
    ),
    money(
        {
            "salaries": (81800, 83436),
            "on_costs": (16360, 16687),
            "training": (2400, 900),
            "supervision": (3600, 3600),
            "travel": (4100, 4100),
            "premises": (5200, 5200),
            "overheads": (9100, 9100),
        },
        least="£164,000.00",
        style=full,
    ),
    documents(*ALL_SIX),
    signed("Harriet Pellow"),
)

FERRYMEAD_IDVA = form(
    "Ferrymead House IDVA bid.docx",
    organisation(
        "Ferrymead House",
        charity="1999902",
        contact=("Tom Ravelston", "t.ravelston@ferrymead.example"),
    ),
    service(
        IDVA,
        "Watford and Three Rivers IDVAs",
        "Two IDVAs based at Ferrymead House for women referred at high risk in Watford and Three Rivers. One of them "
        "speaks Urdu and Punjabi. They also go to the family court at Watford on its domestic abuse days.",
        fits="The county's IDVA team covers Watford with one post. Ours would take the overflow and the court days, "
        "which nobody covers. See also our second bid, which is for outreach and does not overlap: no post is in both.",
        start="01/04/2021",
        end="31/03/2023",
        posts=(
            ("IDVA", "New", "1", "£27,000.00", "Ferrymead House, Watford"),
            ("IDVA (court)", "New", "0.8", "£27,000.00", "Ferrymead House and the court"),
        ),
    ),
    where(postcode="WD17 9ZZ"),
    need(
        "Ferrymead House counts every call. In 2020 we had 302 calls from Watford and Three Rivers that met the "
        "high-risk line, and we could only pass them on. 38 women rang again because nobody had rung them.",
        reach=(
            ("Watford", "Women", IDVA_ADVICE, "75"),
            ("Three Rivers", "Women", IDVA_ADVICE, "40"),
        ),
        demand={"referrals": ("302", "2020"), "turned_away": ("302", "2020 (we have no IDVA; all were passed on)")},
        missing=(
            (
                "South Asian women",
                "Women who need the conversation in their own language",
                "One of the two posts is advertised with Urdu or Punjabi as an essential skill.",
            ),
        ),
        links=(
            (LEFT_BEHIND, "Women who never reported: a third of our callers. They reach us through the GP surgeries."),
            (BEACON, "Every case goes to Beacon's hub first and comes back; protocol signed in November 2020."),
        ),
    ),
    money(
        {
            "salaries": (48600, 49572),
            "on_costs": (9234, 9418.68),
            "training": (3200, 600),
            "supervision": (2160, 2160),
            "travel": (1400, 1400),
            "overheads": (5800, 5800),
        },
        least="£69,000.00",
        style=full,
    ),
    documents(
        "accounts",
        "constitution",
        why=(
            "Our four policies are being reviewed by the board on 9 March. Last year's versions can be had the "
            "same day."
        ),
    ),
    signed("Tom Ravelston"),
    office=True,
)

FERRYMEAD_OUTREACH = form(
    "Ferrymead House outreach bid.docx",
    organisation(
        "Ferrymead House",
        charity="1999902",
        contact=("Tom Ravelston", "t.ravelston@ferrymead.example"),
    ),
    service(
        DA,
        "Ferrymead outreach",
        "One and a half outreach workers who meet women where they already go: school gates, the food bank in West "
        "Watford, two surgeries. For women whose risk is standard or medium and who wait longest now.",
        fits="Medium-risk women in Watford are offered a telephone call by the county's team. Ours meets them in "
        "person. Separate from our IDVA bid.",
        start="01/05/2021",
        end="31/03/2022",
        posts=(("Outreach worker", "Existing", "1.5", "£24,300.00", "Ferrymead House, Watford"),),
    ),
    where(postcode="WD17 9ZZ"),
    need(
        "Our outreach diary 2020: 141 women seen, 52 on the list at Christmas. The food bank's own count shows one in "
        "nine of its parcels going to a household we know.",
        reach=(
            ("Watford", "Women", OUTREACH, "70"),
            ("Three Rivers", "Women", OUTREACH, "35"),
        ),
        demand={"supported": ("141", "2020"), "waiting": ("52", "31 December 2020")},
        links=((LEFT_BEHIND, "Women who would not come to an office; 105 a year in three places named above."),),
    ),
    money(
        {"salaries": (33412.5, 0), "on_costs": (6014.25, 0), "travel": (900, 0), "overheads": (3200, 0)},
        least="£29,000.00",
        style=full,
    ),
    documents(
        "accounts",
        "constitution",
        why="As in our other bid: the four policies are before the board on 9 March.",
    ),
    signed("Tom Ravelston"),
    office=True,
)

_MILLRACE_LINES = {
    "salaries": (52000.0, 53040.0),
    "on_costs": (10400.0, 10608.0),
    "training": (1800.0, 1800.0),
    "supervision": (2400.0, 2400.0),
    "travel": (2600.0, 2600.0),
    "premises": (3000.0, 3000.0),
}

MILLRACE = changed(
    form(
        "EOI_Millrace.docx",
        organisation(
            "Millrace Refuge and Resettlement",
            kind=COMPANY,
            charity="1999903",
            company="99900103",
            contact=("Bernadette Foxcote", "bernadette@millrace.example"),
        ),
        service(
            IDVA,
            "Broxbourne and Welwyn Hatfield IDVA posts",
            "Two IDVAs working out of our resettlement office in Cheshunt and a desk at the hospital in Welwyn Garden "
            "City, for women who are at high risk and either about to leave or just gone.",
            fits="Millrace runs the refuge. The county's IDVAs hand over when a woman comes in, and nobody picks up "
            "when she goes out again. These two posts do that.",
            end="31 March 2023",
            posts=(
                ("IDVA (Broxbourne)", "New", "1", "26,000", "Cheshunt"),
                ("IDVA (hospital)", "New", "1", "26,000", "Welwyn Garden City"),
            ),
        ),
        where(postcode="EN8 9ZZ"),
        need(
            "Our move-on records for 2019-20: 63 women left the refuge, 22 were assaulted again within three months. "
            "Of those 22, none had an IDVA on the day. Hospital: the emergency department told us of 40 women in the "
            "last quarter of 2020 and asked whom to ring.",
            reach=(
                ("Broxbourne", "Women", IDVA_ADVICE, "65"),
                ("Welwyn Hatfield", "Women", IDVA_ADVICE, "60"),
            ),
            demand={"referrals": ("103", "2020"), "supported": ("63", "2019-20"), "waiting": ("9", "22 February 2021")},
            missing=(("Women", "Those leaving refuge", "Three months of IDVA support after the door closes."),),
            links=((COPE, "125 women a year with a safety plan within two working days."),),
        ),
        money(_MILLRACE_LINES, least="110,000", style=commas),
        documents(
            "accounts",
            "constitution",
            "safeguarding_children",
            "safeguarding_adults",
            why="Equality and data protection policies are one document, on our website; I can send it.",
        ),
        signed("Bernadette Foxcote"),
    ),
    "EOI_Millrace.docx",
    # A thousand pounds too much in the first year's total, and so in the whole: meant.
    **{"budget.total.2021-22": "73,200", "budget.total.total": "146,648", "total_requested": "145,648"},
)

BRACKENHALL = form(
    "Brackenhall Victim Care UK_Herts_IDVA.docx",
    organisation(
        "Brackenhall Victim Care UK",
        charity="1999904",
        company="99900104",
        works=EVERYWHERE,
        branch_of="Brackenhall Victim Care UK (we are the national body)",
        own_board="No",
        contact=("Dr Imogen Strand", "commissioning@brackenhall.example"),
    ),
    service(
        IDVA,
        "Brackenhall Hertfordshire IDVA team",
        "Brackenhall Victim Care UK will provide two full-time equivalent Independent Domestic Violence Advisers, "
        "employed solely for Hertfordshire residents, managed from our Hatfield base and embedded in the Dacorum and "
        "Hertsmere MARAC arrangements. The service is available to women aged 16 and over who live in the county. It "
        "is not part of, and is not funded by, our national supportline.",
        fits="The posts complement the existing county IDVA team, with which we have a case transfer agreement. We do "
        "not duplicate: Dacorum and Hertsmere were chosen with the county council's domestic abuse lead because "
        "allocation times are longest there.",
        start="1 April 2021",
        end="31 March 2023",
        posts=(
            ("IDVA, Dacorum", "New", "1.0", "£28,250.00", "Hemel Hempstead, two days; Hatfield"),
            ("IDVA, Hertsmere", "New", "1.0", "£28,250.00", "Borehamwood, two days; Hatfield"),
        ),
    ),
    where(money="86%", postcode="AL10 9ZZ"),
    need(
        "Brackenhall case management data for Hertfordshire residents, 1 January to 31 December 2020: 217 people "
        "referred at high risk, 96 of them from Dacorum or Hertsmere. Median time to allocation 6 working days in "
        "those two districts and 3 elsewhere.",
        reach=(
            ("Dacorum", "Women", IDVA_ADVICE, "70"),
            ("Hertsmere", "Women", IDVA_ADVICE, "60"),
        ),
        demand={
            "referrals": ("217", "January to December 2020"),
            "supported": ("174", "January to December 2020"),
            "waiting": ("14", "15 February 2021"),
            "weeks": ("1.2", "2020, Dacorum and Hertsmere"),
            "turned_away": ("0", "2020"),
        },
        missing=(("Disabled people", "Few referrals", "Accessible meeting rooms at both outreach sites."),),
        links=(
            (SAFE, "Both posts accredited; supervision monthly; premises inspected; information security certified."),
            (BEACON, "Referral agreement with Beacon in force since 2019; letter available."),
            (COPE, "130 people a year; outcomes measured at intake, review and closure."),
        ),
    ),
    money(
        {
            "salaries": (56500, 57630),
            "on_costs": (12430, 12678.6),
            "training": (1500, 1500),
            "supervision": (2880, 2880),
            "travel": (3200, 3200),
            "premises": (4800, 4800),
            "equipment": (2100, 0),
            "overheads": (11700, 11700),
        },
        least="£142,000.00",
        style=full,
    ),
    documents(*ALL_SIX),
    signed("Colin Astbury-Vance"),
    office=True,
)

# Adviser posts: Independent Sexual Violence Advisers

KITE_LANE = form(
    "kite lane isva form FINAL.docx",
    organisation(
        "Kite Lane Project",
        kind=CIO,
        charity="1999905",
        contact=("Rosa Winterslow", "rosa@kitelane.example"),
    ),
    service(
        ISVA,
        "Kite Lane ISVAs",
        "Two ISVAs, in Stevenage and Welwyn Hatfield, for women after rape or sexual assault, now or years ago, "
        "reported or not. Most of our women wait two years for a trial. An ISVA is the one person who is still there "
        "at the end of it.",
        fits="The referral centre does the first days. Beacon does the crime. We do the two years after that. There "
        "is one other ISVA service; we meet it every fortnight and share the list.",
        end="31 March 2023",
        posts=(
            ("ISVA", "Existing", "1", "28000", "Stevenage"),
            ("ISVA", "New", "0.8", "28000", "Welwyn Garden City"),
        ),
    ),
    where(postcode="SG1 9ZY"),
    need(
        "From our database. 2018-19: 71 women. 2019-20: 96. April 2020 to January 2021: 118. Average time with us has "
        "gone from 14 months to 23 because the courts are slow, so the same posts help fewer new women each year. "
        "44 waiting today, the longest since June.",
        reach=(
            ("Stevenage", "Women", ISVA_ADVICE, "55"),
            ("Welwyn Hatfield", "Women", ISVA_ADVICE, "45"),
        ),
        demand={
            "referrals": ("118", "April 2020 to January 2021"),
            "supported": ("131", "April 2020 to January 2021"),
            "waiting": ("44", "22 February 2021"),
            "weeks": ("17", "2020"),
        },
        missing=(
            (
                "Disabled people",
                "Women with a learning disability are believed least and come last",
                "Easy-read everything, and double appointments.",
            ),
            ("Older people", "It was 1974, and nobody has asked since", "We ask."),
            ("Men", "We send them on, and they do not arrive", "We walk there with them."),
            ("LGBT+ people", "Not asked, so not counted", "A line on our form, voluntary."),
        ),
        links=(
            (LEFT_BEHIND, "Two in five of our women have not reported and need not. 100 new women a year."),
            (RECOVER, "Change measured with the women themselves at six-month intervals; 70% report less fear."),
        ),
    ),
    money(
        {
            "salaries": (50400, 51408),
            "on_costs": (10080, 10281.6),
            "training": (2200, 400),
            "supervision": (3120, 3120),
            "travel": (1500, 1500),
            "premises": (4200, 4200),
            "overheads": (6000, 6000),
        },
        least="80000",
    ),
    documents(
        "accounts", "constitution", why="Safeguarding and the others are on paper in the office. Posting copies."
    ),
    signed("Rosa Winterslow"),
    office=True,
)

ALDWYN = form(
    "Aldwyn House ISVA expression of interest.docx",
    organisation(
        "Aldwyn House Trust",
        charity="1999906",
        contact=("Canon Philip Garrow", "office@aldwynhouse.example"),
    ),
    service(
        ISVA,
        "Aldwyn House ISVA for Watford and Dacorum",
        "One full-time ISVA, and a second for three days a week, for adults who have been raped or sexually assaulted, "
        "based at Aldwyn House in Watford with a consulting room in Hemel Hempstead.",
        fits="We have hosted the county's ISVA on Tuesdays since 2017. She cannot meet the demand and supports this "
        "bid. Trust policy is that nobody is asked about faith.",
        end="31 March 2023",
        posts=(
            ("ISVA", "New", "1", "27750", "Aldwyn House, Watford"),
            ("ISVA, part time", "New", "0.6", "27750", "Hemel Hempstead"),
        ),
    ),
    where(postcode="WD18 9ZZ"),
    need(
        "The visiting ISVA's own list, with her leave: 57 people in 2020, 21 waiting at the year's end. Our front "
        "desk turned away 33 people between September and January who asked for that kind of help by name.",
        reach=(
            ("Watford", "Women", ISVA_ADVICE, "50"),
            ("Dacorum", "Women", ISVA_ADVICE, "32"),
            ("Watford", "Men", ISVA_ADVICE, "8"),
        ),
        demand={
            "supported": ("57", "2020"),
            "waiting": ("21", "31 December 2020"),
            "turned_away": ("33", "September 2020 to January 2021"),
        },
        missing=(("Men", 'Men do not ring a number with "women" in it', "Our door says neither."),),
        links=((SAFE, "Two quiet rooms with their own street door; both posts to be accredited in the first year."),),
    ),
    money(
        {
            "salaries": (44400, 45288),
            "on_costs": (8436, 8604.72),
            "training": (4800, 800),
            "supervision": (2600, 2600),
            "travel": (1100, 1100),
            "publicity": (600, 0),
            "overheads": (5500, 5500),
        },
        least="65000",
    ),
    documents(
        "accounts",
        "constitution",
        "safeguarding_children",
        "safeguarding_adults",
        why=(
            "We have no separate equality or data protection policy; both are chapters of the staff handbook, p. 14 on."
        ),
    ),
    signed("Philip Garrow"),
)

NORTHREACH = form(
    "Northreach Recovery UK - ISVA hub.docx",
    organisation(
        "Northreach Recovery UK",
        charity="1999907",
        company="99900107",
        works=REGIONS,
        branch_of="Northreach Recovery UK",
        own_board="No",
        contact=("Samira Holbrook", "bids@northreach.example"),
    ),
    service(
        ISVA,
        "East of England ISVA hub, Hertfordshire",
        "A hub in Stevenage with two ISVAs. They serve Hertfordshire first and support colleagues in two neighbouring "
        "counties when those are short. Just over half of the people will be from Hertfordshire.",
        fits="The hub adds specialist supervision, which no ISVA service in the county has in-house.",
        end="31 March 2023",
        posts=(
            ("ISVA (Hertfordshire)", "New", "1", "29,000", "Stevenage"),
            ("ISVA (regional)", "New", "1", "29,000", "Stevenage"),
        ),
    ),
    where(people="55%", money="55%", posts="50%", postcode="SG2 9ZZ"),
    need(
        "Northreach regional return, October to December 2020: 64 referrals from Hertfordshire addresses out of 118.",
        reach=(("Stevenage", "Women", ISVA_ADVICE, "40"), ("Broxbourne", "Women", ISVA_ADVICE, "30")),
        demand={"referrals": ("64", "October to December 2020")},
        links=((RECOVER, "Recovery plans reviewed every eight weeks."),),
    ),
    money(
        {
            "salaries": (58000, 59160),
            "on_costs": (11600, 11832),
            "supervision": (4000, 4000),
            "premises": (6000, 6000),
            "overheads": (7900, 7900),
        },
        least="90,000",
        style=commas,
    ),
    documents(*ALL_SIX),
    signed("Samira Holbrook"),
    office=True,
)

THORNHURST = form(
    "Thornhurst Advocacy.docx",
    organisation(
        "Thornhurst Advocacy CIC",
        kind=SOCIAL,
        company="99900108",
        contact=("Dilys Amberton", "dilys@thornhurst.example"),
    ),
    service(
        ISVA,
        "ISVA for Broxbourne",
        "One ISVA for Broxbourne, three days a week, in rooms we rent by the day.",
        fits="Nobody is based in Broxbourne. Women travel to Stevenage.",
        end="31 March 2023",
        posts=(("ISVA", "New", "0.6", "26500", "Hoddesdon"),),
    ),
    where(postcode="EN11 9ZZ"),
    need(
        "We asked the four surgeries in Hoddesdon and Cheshunt in January 2021: 26 women in the year before were told "
        "of a service in Stevenage, and the practice nurses think that nine went.",
        reach=(("Broxbourne", "Women", ISVA_ADVICE, "30"),),
        links=((LEFT_BEHIND, "30 women a year who will not travel."),),
    ),
    money({"salaries": (15900, 16218), "on_costs": (2544, 2594.88), "premises": (2600, 2600), "training": (1900, 0)}),
    documents("constitution", why="First accounts due in June. Policies with the accountant, can be sent."),
    signed("Dilys Amberton"),
)

# Sexual violence uplift

JUNIPER = form(
    "Juniper Yard form.docx",
    organisation(
        "Juniper Yard Counselling",
        charity="1999909",
        contact=("Ottilie Marsh", "ottilie@juniperyard.example"),
    ),
    service(
        SV,
        "Long-term counselling after sexual violence",
        "A year of weekly counselling for 48 women. We do not do six sessions. We have done this for 21 years.",
        fits="The NHS offers six to twelve sessions. Women come to us afterwards.",
        posts=(("Counsellor", "Existing", "1.2", "31000", "St Albans"),),
    ),
    where(postcode="AL1 9ZZ"),
    need(
        "Waiting list on 15 February 2021: 57. It was 24 a year before. We closed it in November.",
        reach=(("St Albans", "Women", THERAPY, "28"), ("Watford", "Women", THERAPY, "20")),
        demand={"waiting": ("57", "15 Feb 2021"), "weeks": ("34", "2020"), "turned_away": ("61", "since 9 Nov 2020")},
        links=((RECOVER, "48 women, a year each. CORE measure at start, middle, end."),),
    ),
    money({"salaries": (37200, 0), "on_costs": (6100, 0), "supervision": (2400, 0)}, least="23000"),
    documents("accounts", "constitution", why="Policies on our website under About."),
    signed("Ottilie Marsh"),
    office=True,
)

_QUILLFEATHER = (
    "Quillfeather offers art and movement therapy to women who have lived through rape, childhood sexual abuse or "
    "exploitation and who have found that talking is, for now, more than they can do. We would run four weekly groups "
    "of eight women, two in Welwyn Garden City and two in Hatfield, each for thirty weeks, together with individual "
    "sessions for twelve women who are not ready for a group. "
    "The work is led by two registered therapists who have practised in the county since 2009. A session begins in "
    "silence with materials on the table, and ends with tea; what happens between the two is for each woman to decide. "
    "Nobody is asked to tell her story, and nobody is asked whether she reported it. Many have told us that this was "
    "the first room in which they did not have to explain themselves. "
    "Why it is needed: the counselling services near us have closed or restricted their lists, and the talking "
    "therapies offered through the health service last for a few weeks and expect a person to speak from the first "
    "day. The women who cannot do so are marked as having disengaged, and their names go to the bottom of the list or "
    "off it. In the autumn we asked three such services how many women that was, and the answers came to 44 in six "
    "months. We also hear from school nurses, from the family courts, from two refuges and from the "
    "police, who ring us "
    "because they do not know whom else to ring; we have nothing to offer them at the moment beyond a place on a list "
    "that has not moved since July. "
    "With this money we would open the list again in April, fill the first two groups by May, and start the second two "
    "in September, when our lease on the second room begins. We would also train two volunteers from among the women "
    "who have finished, as we have done twice before, so that the groups can go on when the money ends."
)

QUILLFEATHER = form(
    "Quillfeather Arts Therapy.docx",
    organisation(
        "Quillfeather Arts Therapy",
        kind=SOCIAL,
        company="99900110",
        contact=("Beatrix Holloway-Finch", "beatrix@quillfeather.example"),
    ),
    service(
        SV,
        "Hands first: art and movement therapy",
        _QUILLFEATHER,
        fits="It comes before talking therapy, and instead of it for those who cannot. We refer on to counselling when "
        "a woman asks; about half do.",
        posts=(
            ("Art therapist", "Existing", "0.8", "34000", "Welwyn Garden City"),
            ("Movement therapist", "New", "0.6", "34000", "Hatfield"),
        ),
    ),
    where(postcode="AL8 9ZZ", people="95%"),
    need(
        "Our own count and the three services' answers of October 2020 (44 women in six months, letters on file). "
        "Twelve of our last thirty-two women went on to counselling and stayed in it.",
        reach=(("Welwyn Hatfield", "Women", THERAPY, "44"),),
        demand={"supported": ("32", "2019-20"), "waiting": ("29", "February 2021")},
        missing=(
            ("Disabled people", "Women who do not use speech", "Nothing in our sessions depends on speaking."),
            ("Older people", "Abuse in childhood, told at seventy", "A daytime group."),
        ),
        links=((RECOVER, "44 women, self-drawn wellbeing scale at weeks 1, 15 and 30."),),
    ),
    money(
        {
            "salaries": (47600, 0),
            "on_costs": (4760, 0),
            "supervision": (2000, 0),
            "volunteers": (600, 0),
            "premises": (5400, 0),
            "equipment": (1450, 0),
        },
        least="£31,000.00",
        style=full,
    ),
    documents("accounts", why="We are a small CIC: articles are at Companies House; policies by e-mail on request."),
    signed("Beatrix Holloway-Finch"),
)

WREN_ROOMS = form(
    "Little Wren Rooms EOI.docx",
    organisation(
        "Little Wren Rooms",
        kind=CIO,
        charity="1999911",
        contact=("Kwame Ledbury", "kwame@littlewren.example"),
    ),
    service(
        SV,
        "Play therapy for children after sexual abuse",
        "Two play therapists, in Cheshunt and Hertford, for children aged 4 to 12 who have been sexually abused. Up to "
        "thirty sessions each and six for the parent or carer who looks after them.",
        fits="The child protection team and the referral centre refer to us. The NHS service takes children with a "
        "diagnosis; ours mostly have none.",
        posts=(
            ("Play therapist", "Existing", "1", "32000", "Cheshunt"),
            ("Play therapist", "New", "0.5", "32000", "Hertford"),
        ),
    ),
    where(postcode="EN8 9ZY"),
    need(
        "Referral book, April 2020 to January 2021: 88 children. We took 41. 19 wait; 28 were too far away. Source of "
        "all figures: our referral book, seen by the council's auditor in 2020.",
        reach=(
            ("Broxbourne", "Children and young people", THERAPY, "36"),
            ("East Hertfordshire", "Children and young people", THERAPY, "24"),
        ),
        demand={
            "referrals": ("88", "April 2020 to January 2021"),
            "supported": ("41", "April 2020 to January 2021"),
            "waiting": ("19", "1 February 2021"),
            "turned_away": ("28", "April 2020 to January 2021"),
        },
        missing=(("Children and young people", "Under sevens", "Therapists trained for the youngest."),),
        links=(
            (COPE, "60 children a year; strengths and difficulties scored by carers before and after."),
            (SAFE, "Both therapists registered; rooms in children's centres in Cheshunt and Hertford."),
        ),
    ),
    money(
        {
            "salaries": (48000, 0),
            "on_costs": (8160, 0),
            "supervision": (2800, 0),
            "equipment": (900, 0),
            "overheads": (4000, 0),
        },
        least="42000",
    ),
    documents("accounts", "constitution", "safeguarding_children", why="The other three by Monday, I am on leave."),
    signed("Kwame Ledbury"),
    office=True,
)

WICKHAM_ROOM = form(
    "The Wickham Room.docx",
    organisation(
        "The Wickham Room",
        kind=GROUP,
        contact=("Enid Sallow", "enid@wickhamroom.example"),
    ),
    service(
        SV,
        "The Wickham Room",
        "A group for women in Hitchin, every Wednesday, with two counsellors.",
        fits="We are the only one in North Hertfordshire in the evening.",
        start="14 April 2021",
        posts=(("Counsellor", "Existing", "0.5", "29000", "Hitchin"),),
    ),
    where(postcode="SG4 9ZZ"),
    need(
        "23 women came last year. Eleven more asked and we had no chairs.",
        reach=(("North Hertfordshire", "Women", THERAPY, "20"),),
        demand={"supported": ("23", "2020"), "turned_away": ("11", "2020")},
    ),
    money({"salaries": (14500, 0), "on_costs": (700, 0), "premises": (1560, 0)}),
    documents("constitution", why="We are nine people and a kettle. The treasurer has a cash book, which you may see."),
    signed("Enid Sallow"),
)

LANTERN_ROW = form(
    "Lantern Row 🏮 EOI.docx",
    organisation(
        "Lantern Row Collective",
        kind=SOCIAL,
        company="99900113",
        contact=("Jude Penhallow", "hello@lanternrow.example"),
    ),
    service(
        SV,
        "Lantern Row outreach",
        "Outreach for LGBT+ people after sexual violence 🏳️‍🌈, in Stevenage and Watford. We grew out of a web "
        "project, so forgive the shop talk: our intake page says {{ first_name }}, you choose what happens next, and "
        "it means it. People who cannot ring anybody write to us at night.\n"
        'When a form is sent {% if risk == "high" %} a worker rings within the hour {% endif %}; the rest are seen '
        "in a week. No tracking, no <w:p> soup, no cookies & no adverts.\n"
        "Half of our people heard of us from a friend. One wrote: أنا لست وحدي (I am not alone).",
        fits="No service in the county is for LGBT+ people. The general ones are kind; people tell us they do not ring "
        "them.",
        posts=(("Outreach worker", "New", "0.6", "25500", "Stevenage"),),
    ),
    where(postcode="SG1 9ZX", people="92%"),
    need(
        "Messages through our page, 2020: 212 from 87 people, 71 of them with a Hertfordshire postcode. "
        "<script>not a script</script> is the oddest; it was a joke from a worried developer, and we answered 🙂",
        reach=(
            ("Stevenage", "LGBT+ people", OUTREACH, "16"),
            ("Watford", "LGBT+ people", OUTREACH, "20"),
        ),
        demand={"referrals": ("71", "2020, counted by postcode")},
        missing=(("LGBT+ people", "Nobody counts them", "We do, with leave."),),
        by_and_for="Yes",
        links=((LEFT_BEHIND, "36 people a year; nine in ten had told nobody."),),
    ),
    money(
        {"salaries": (15300, 0), "on_costs": (1900, 0), "publicity": (800, 0), "equipment": (650, 0)},
        least="12,000.00",
        style=commas,
    ),
    documents(
        "constitution", why="Accounts: first year ends in June. Policies are pages of our site; PDF if you like."
    ),
    signed("Jude Penhallow"),
)

# Domestic abuse uplift

CHANDNI = form(
    "Chandni Aangan form.docx",
    organisation(
        "Chandni Aangan Women's Circle",
        charity="1999914",
        contact=("Parveen Lodhi-Marr", "parveen@chandniaangan.example"),
    ),
    service(
        DA,
        "Angan outreach",
        "Outreach by South Asian women for South Asian women in Watford and Bushey. Our workers speak Urdu, Punjabi, "
        "Gujarati, Hindi and Bengali. A woman can come to the sewing class and nobody at home needs to know "
        "why. We help "
        "with immigration papers, with in-laws, with money kept from her, with forced marriage, and with going or "
        "staying, whichever she decides.",
        fits="Other services send us women when there is a language problem. It is seldom only the language. They pay "
        "us nothing for it.",
        posts=(
            ("Outreach worker", "Existing", "1", "24000", "Watford"),
            ("Outreach worker", "New", "0.5", "24000", ""),
        ),
    ),
    where(postcode="WD18 9ZY"),
    need(
        "Our book for 2020 has 118 women in it, of whom 31 had no recourse to public funds. 40 were sent by other "
        "services. We had one worker, paid for three days.",
        reach=(("Watford", "South Asian women", OUTREACH, "90"),),
        demand={"supported": ("118", "2020"), "waiting": ("26", "February 2021")},
        missing=(
            (
                "South Asian women",
                "Women without recourse to public funds",
                "A hardship box and a solicitor on Thursdays, both of them given.",
            ),
        ),
        by_and_for="Yes",
        links=(
            (LEFT_BEHIND, "90 women a year, most of whom have never spoken to the police."),
            (COPE, "Each woman's own three goals, looked at again every month."),
        ),
    ),
    money(
        {"salaries": (36000, 0), "on_costs": (4320, 0), "volunteers": (1200, 0), "premises": (3600, 0)},
        least="29000",
    ),
    documents(
        "accounts", "constitution", "safeguarding_adults", why="Children's policy is at the printer. Others to come."
    ),
    signed("Parveen Lodhi-Marr"),
    office=True,
)

HANDSHAPE = form(
    "Handshape Hertfordshire.docx",
    organisation(
        "Handshape Hertfordshire",
        kind=GROUP,
        contact=("Inés Corrie", "ines@handshape.example"),
    ),
    service(
        DA,
        "Deaf advocate",
        "We are Deaf women. We help Deaf women. One advocate, BSL first language, 3 days. She goes with you to police, "
        "court, doctor. Interpreter is not enough: interpreter says words, advocate knows.",
        fits="There is nothing. Hearing services book interpreter, maybe 2 weeks wait. Sometimes husband interprets!!",
        start="1 May 2021",
        posts=(("Deaf advocate", "New", "0.6", "26000", "Stevenage, and where people are"),),
    ),
    where(premises="Yes", postcode="SG1 9ZW"),
    need(
        "Nobody counts Deaf victims. We asked at Deaf club in January (video call, 34 women): 15 said yes to at least "
        "one question. 2 had ever told a service. Report of the evening can be sent, it is in BSL with subtitles.",
        reach=(
            ("Stevenage", "Deaf people", BY_AND_FOR, "14"),
            ("Welwyn Hatfield", "Deaf people", BY_AND_FOR, "8"),
        ),
        missing=(("Deaf people", "Everything", "Advocate"),),
        by_and_for="Yes",
        links=((LEFT_BEHIND, "22 Deaf people a year. All of them are behind now."),),
    ),
    money({"salaries": (14300, 0), "on_costs": (1100, 0), "travel": (1300, 0), "equipment": (950, 0)}, least="12000"),
    documents("constitution", why="No accounts, we are new (2019). We have safeguarding in BSL. Can send video."),
    signed("Inés Corrie"),
    office=True,
)

COPPERFIELD = form(
    "Copperfield Road Drop-In EOI.docx",
    organisation(
        "Copperfield Road Drop-In",
        charity="1999916",
        contact=("Gwen Tattersfield", "gwen@copperfieldroad.example"),
    ),
    service(
        DA,
        "The Monday and Thursday drop-in",
        "A drop-in with a domestic abuse worker, Mondays and Thursdays, in Welwyn Garden City.",
        fits="We are next door to the food bank and the baby clinic, so women can come without having come to us.",
        posts=(("Domestic abuse worker", "Existing", "0.8", "23500", "Welwyn Garden City"),),
    ),
    where(postcode="AL7 9ZZ"),
    need(
        "Drop-in register, January to December 2020: 96 women, 34 new in the last three months.",
        reach=(("Welwyn Hatfield", "Women", OUTREACH, "50"),),
        demand={"supported": ("96", "2020")},
    ),
    money({"salaries": (18800, 0), "on_costs": (1700, 0), "premises": (2080, 0)}, least="15000"),
    documents("accounts", "constitution", why="Policies to follow, the laptop they are on has gone for repair."),
    signed("Gwen Tattersfield"),
)

OLD_FORGE = form(
    "Old Forge Family Centre.docx",
    organisation(
        "Old Forge Family Centre",
        charity="1999917",
        contact=("Sunita Warbeck", "sunita@oldforge.example"),
    ),
    service(
        DA,
        "Children who saw it",
        "A children's worker for families who have left. She sees children at school, from 5 to 16, for as "
        "long as they "
        "want, and sits in on the child protection meetings.",
        fits="The county's programme is for groups of ten or more and runs twice a year. Ours is for one child at a "
        "time, now.",
        posts=(("Children's IDVA", "New", "1", "26500", "Hemel Hempstead"),),
    ),
    need(
        "Schools' requests to us, September 2020 to February 2021: 52 children named by eleven schools in Dacorum. We "
        "have seen 19.",
        reach=(
            ("Dacorum", "Children and young people", CHIDVA, "40"),
            ("Hertsmere", "Children and young people", CHIDVA, "20"),
        ),
        demand={"referrals": ("52", "September 2020 to February 2021"), "supported": ("19", "same")},
        links=((RECOVER, "60 children a year; school attendance before and after."),),
    ),
    money(
        {"salaries": (26500, 0), "on_costs": (4770, 0), "supervision": (1200, 0), "travel": (1400, 0)},
        least="£24,000.00",
        style=full,
    ),
    documents(*ALL_SIX),
    signed("Sunita Warbeck"),
    office=True,
)

WEATHERBY = form(
    "Weatherby Court Outreach.docx",
    organisation(
        "Weatherby Court Outreach",
        charity="1999918",
        contact=("Alec Dunmore", "alec@weatherbycourt.example"),
    ),
    service(
        DA,
        "Later-life outreach",
        "Outreach to people over 60 who live with abuse by a partner or a grown-up child, in St Albans and Harpenden. "
        "Our worker visits at home, or at the memory clinic, or at the hairdresser's, whichever is safe.",
        fits="Adult social care looks after care needs. When the carer is the one who harms, somebody else must come.",
        posts=(("Outreach worker, later life", "New", "0.6", "25000", "St Albans"),),
    ),
    where(postcode="AL3 9ZZ"),
    need(
        "Adult safeguarding enquiries passed to us by the district team in 2020: 29. We could visit 11 of them.",
        reach=(("St Albans", "Older people", OUTREACH, "30"),),
        demand={"referrals": ("29", "2020"), "supported": ("11", "2020")},
        missing=(("Older people", "Services picture a woman of thirty", "A worker of sixty-two."),),
        links=((LEFT_BEHIND, "30 people a year who do not leave the house."),),
    ),
    money({"salaries": (15000, 0), "on_costs": (2100, 0), "travel": (900, 0), "publicity": (250, 0)}, least="14000"),
    documents("accounts", "constitution", "safeguarding_adults", why="The others do not exist yet; board in April."),
    signed("Alec Dunmore"),
)

# They found, two days later, that a second worker's day had been left out.
WEATHERBY_CORRECTED = changed(
    WEATHERBY,
    "Weatherby Court Outreach CORRECTED.docx",
    **{
        "posts.1.fte": "0.8",
        "reach.1.people": "36",
        "budget.salaries.2021-22": "20000",
        "budget.salaries.total": "20000",
        "budget.on_costs.2021-22": "2800",
        "budget.on_costs.total": "2800",
        "budget.total.2021-22": "23950",
        "budget.total.total": "23950",
        "total_requested": "23950",
        "minimum_award": "18000",
    },
)

TANNERS = form(
    "Tanners Yard.docx",
    organisation(
        "Tanners Yard Men's Project",
        kind=CIO,
        charity="1999919",
        contact=("Leon Aske", "leon@tannersyard.example"),
    ),
    service(
        DA,
        "Outreach for men",
        "Outreach to men who have been abused by a partner or in the family. Walks, a workshop, a worker. In Hemel "
        "Hempstead, Stevenage and Watford.",
        fits="The county's line takes men's calls. It has nowhere to send them.",
        posts=(("Outreach worker", "New", "1", "24500", "Hemel Hempstead"),),
    ),
    where(postcode="HP1 9ZZ"),
    need(
        "31 men in 2020, with no advertising. The longest had lived with it for 26 years.",
        reach=(
            ("Dacorum", "Men", OUTREACH, "30"),
            ("Stevenage", "Men", OUTREACH, "15"),
            ("Watford", "Men", OUTREACH, "20"),
        ),
        demand={"supported": ("31", "2020"), "waiting": ("0", "2020, we had no list")},
        missing=(("Men", "Men over 50", "The workshop: they come to mend a chair."),),
        links=((LEFT_BEHIND, "65 men a year, of whom hardly any reported."),),
    ),
    money(
        {"salaries": (24500, 0), "on_costs": (3900, 0), "premises": (2600, 0), "travel": (800, 0)},
        least="20000",
    ),
    documents("accounts", "constitution", why="Safeguarding adults: in draft. We work with no children."),
    signed("Leon Aske"),
    office=True,
)

RYE_MEADS = form(
    "Rye Meads stalking EOI v3.docx",
    organisation(
        "Rye Meads Stalking Advocacy",
        charity="1999920",
        works=AND_NEIGHBOURS,
        contact=("Constance Ebury", "constance@ryemeads.example"),
    ),
    service(
        DA,
        "Stalking advocacy, Hertfordshire",
        "One stalking advocate for people stalked by a former partner in Dacorum, Stevenage and Watford. She makes the "
        "safety plan, keeps the diary with them and prepares the evidence for the order.",
        fits="IDVAs take stalking when it is also domestic abuse at high risk. Below that line there is no one.",
        posts=(("Stalking advocate", "New", "1", "27000", "Ware"),),
    ),
    where(postcode="SG12 9ZZ", people="98%"),
    need(
        "Requests for an advocate from Hertfordshire, by month, 2020: 4 5 3 2 6 9 8 7 9 11 8 10. Our advocate is paid "
        "by the neighbouring county and may not take them.",
        reach=(
            ("Dacorum", "Women", STALKING, "24"),
            ("Stevenage", "Women", STALKING, "18"),
            ("Watford", "Women", STALKING, "18"),
        ),
        demand={"referrals": ("82", "2020"), "turned_away": ("82", "2020")},
        links=((COPE, "60 people a year with a plan in a week. Orders applied for and got are counted."),),
    ),
    money(
        {"salaries": (27000, 0), "on_costs": (4600, 0), "training": (1100, 0), "travel": (1500, 0)},
        least="£25,000.00",
        style=full,
    ),
    documents("accounts", "constitution", "safeguarding_adults", "data_protection", why="No work with children."),
    signed("Constance Ebury"),
    typed_over=True,
    below={"evidence_of_need": "It did not fit in the box: the chair of the MARAC will write to you about this bid."},
)

GOOSEFOOT = form(
    "goosefoot.docx",
    organisation(
        "Goosefoot Lane Family Support",
        kind=GROUP,
        contact=("Mo Tranter", "mo.tranter@goosefootlane.example"),
    ),
    service(
        DA,
        "Mondays",
        "A worker on Mondays and Tuesdays for mums at the toy library in Broxbourne.",
        fits="Its just us round here",
        start="05/06/21",
        end="31 March 2022",
        posts=(("Support worker", "Existing", "0.4", "22000", "Toy library"),),
    ),
    where(postcode="EN10 9ZZ"),
    need(
        "About one mum in six. Mo keeps a book.",
        reach=(("Broxbourne", "Women", OUTREACH, "25"),),
    ),
    money({"salaries": (9900, 0), "volunteers": (900, 0), "premises": (1700, 0), "other": (500, 0)}, least="£12k"),
    documents("constitution", why="dont have the rest sorry. happy to do what you need"),
    signed("Mo Tranter"),
)

EVENLIGHT = form(
    "Evenlight UK helpline contribution.docx",
    organisation(
        "Evenlight UK",
        charity="1999922",
        company="99900122",
        works=EVERYWHERE,
        branch_of="Evenlight UK",
        own_board="No",
        contact=("Gideon Farrant", "partnerships@evenlight.example"),
    ),
    service(
        DA,
        "Evenlight national helpline: Hertfordshire contribution",
        "Evenlight UK runs a telephone helpline and web chat for anybody affected by domestic abuse, day and night, "
        "everywhere in the United Kingdom. Calls from Hertfordshire are about two in a hundred. We ask each area for a "
        "share of the cost by population, so that the line can go on answering everybody.",
        fits="The helpline is open when local services are closed. Local numbers are kept up to date and given to "
        "callers.",
        posts=(),
    ),
    where(
        declared=NATIONAL,
        open_to_all="Yes",
        people="2%",
        money="5%",
        posts="0%",
        premises="No",
        pathway="No",
    ),
    need(
        "Evenlight annual report 2019-20: 61,400 calls and chats, of which an estimated 1,200 were from Hertfordshire "
        "(by the caller's own word, where given).",
        reach=(("Watford", "Women", LINE, "100"), ("Stevenage", "Women", LINE, "100")),
        demand={"supported": ("1,200", "2019-20, estimate")},
        links=((LEFT_BEHIND, "Anybody can ring at any hour."),),
    ),
    money({"salaries": (22000, 0), "on_costs": (4400, 0), "overheads": (3600, 0)}, least="15,000", style=commas),
    documents(*ALL_SIX),
    signed("Gideon Farrant"),
    office=True,
)

LARKSONG = form(
    "Larksong Survivors UK - Stevenage.docx",
    organisation(
        "Larksong Survivors UK",
        charity="1999923",
        works=EVERYWHERE,
        branch_of="Larksong Survivors UK",
        own_board="No",
        contact=("Nadia Kestrel-Browne", "stevenage@larksong.example"),
    ),
    service(
        DA,
        "Thursday recovery groups",
        "Recovery groups for women, every Thursday, at the community hall in Stevenage and every second Tuesday in "
        "Watford, with a group worker and a crèche. Twelve weeks each, ten to twelve women. The worker rings every "
        "woman between the sessions.",
        fits="Women come to us when the IDVA closes the case. The risk is down and they are on their own.",
        posts=(("Group worker", "Existing", "1", "25200", "Stevenage and Watford"),),
    ),
    # Filled in by head office, for the whole of the charity's work: see the reply of 1 March.
    where(
        declared=NATIONAL,
        open_to_all="Yes",
        people="3%",
        money="4%",
        posts="0%",
        premises="No",
        pathway="No",
    ),
    need(
        "Registers of the Stevenage and Watford groups, 2019 and 2020: 74 women, 58 of whom finished. 33 waiting.",
        reach=(
            ("Stevenage", "Women", RECOVERY, "22"),
            ("Watford", "Women", RECOVERY, "18"),
        ),
        demand={"supported": ("74", "2019 and 2020"), "waiting": ("33", "20 February 2021")},
        links=((RECOVER, "40 women a year; confidence scored by each woman at weeks 1, 6 and 12."),),
    ),
    money(
        {"salaries": (25200, 0), "on_costs": (4300, 0), "premises": (2900, 0), "volunteers": (800, 0)},
        least="22000",
    ),
    documents("accounts", "constitution", "safeguarding_children", "safeguarding_adults", why="Rest from head office."),
    signed("Nadia Kestrel-Browne"),
)

SENT_AS_FORM: tuple[Filled, ...] = (
    THISTLEDOWN,
    FERRYMEAD_IDVA,
    FERRYMEAD_OUTREACH,
    MILLRACE,
    BRACKENHALL,
    KITE_LANE,
    ALDWYN,
    NORTHREACH,
    THORNHURST,
    JUNIPER,
    QUILLFEATHER,
    WREN_ROOMS,
    WICKHAM_ROOM,
    LANTERN_ROW,
    CHANDNI,
    HANDSHAPE,
    COPPERFIELD,
    OLD_FORGE,
    WEATHERBY,
    WEATHERBY_CORRECTED,
    TANNERS,
    RYE_MEADS,
    GOOSEFOOT,
    EVENLIGHT,
    LARKSONG,
)
"""Every form of the round that was filled in, one for each file."""
