"""The tool without its screen: study, session, runs, maps, reports, command line."""
