"""The catalogue on the disk: the shipped one, the portal's export, what a site imported.

assets/catalogue/*.toml ── shipped ──┐
portal export ─ export_file ─ portal_row ─ importing ─ keeping ─┤
                                     └──────── merging ─────────┴──▶ guide.catalogue.Catalogue
                                                                      opening ──▶ guide.Guide
"""
