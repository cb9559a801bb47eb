"""From a school's uploads to packages: rosters, rules, the report, packing, receipts, transfer packages, a school to practise on."""
