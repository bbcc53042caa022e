"""The style sheet of a chart that stands alone, as a file, in a document or as a picture: ink on white, no theme."""

INK, SOFT, PINE = "#1f2726", "#54605e", "#0f5b5e"
GOOD, CONCERN, CHANGE = "#1f5f99", "#b4531a", "#6b4799"
FONT = "'Inter Variable',Inter,'DejaVu Sans',Arial,sans-serif"

STYLE = "".join(
    (
        f"text{{font-family:{FONT};font-size:13px;fill:{INK}}}",
        "path{fill:none}",
        ".chart-sheet{fill:#fff}",
        ".chart-title{font-size:17px;font-weight:600}",
        f".chart-about,.chart-note,.chart-value,.chart-period,.chart-year,.chart-n,.chart-flag-text{{fill:{SOFT}}}",
        ".chart-grid{stroke:#dfe4e3;stroke-width:1}",
        ".chart-zero,.chart-tick,.chart-limit{stroke:#717b79;stroke-width:1}",
        f".chart-cut{{stroke:{SOFT};stroke-width:1.25}}",
        f".chart-curve{{stroke:{SOFT};stroke-width:1.25}}",
        f".chart-centre{{stroke:{INK};stroke-width:1.75}}",
        ".chart-centre--after{stroke-dasharray:7 4}",
        f".chart-target{{stroke:{PINE};stroke-width:1.75;stroke-dasharray:1.75 4}}",
        ".chart-thread{stroke:#717b79;stroke-width:0.75}",
        f".chart-intervention{{stroke:{SOFT};stroke-width:1}}",
        f".chart-flag{{fill:{SOFT};stroke:{SOFT};stroke-width:1.25}}",
        f".chart-flag-stop{{fill:#fff;stroke:{SOFT};stroke-width:1.25}}",
        ".chart-flag-number{fill:#fff;font-weight:600}",
        ".chart-flag-stop-number,.chart-label--centre{font-weight:600}",
        ".chart-ground{fill:#fff;opacity:0.88}",
        f".chart-label--target{{fill:{PINE}}}",
        f".chart-label--upper,.chart-label--lower,.chart-label--old{{fill:{SOFT}}}",
        ".chart-mark path{stroke:#fff;stroke-width:1}",
        f".chart-mark--neutral path{{fill:{SOFT}}}",
        f".chart-mark--on path{{fill:#fff;stroke:{SOFT};stroke-width:1.5}}",
        f".chart-mark--preliminary path{{fill:#fff;stroke:{SOFT};stroke-width:1.5;stroke-dasharray:2 1.5}}",
        f".chart-mark--improvement path{{fill:{GOOD}}}",
        f".chart-mark--concern path{{fill:{CONCERN}}}",
        f".chart-mark--up path,.chart-mark--down path{{fill:{CHANGE}}}",
    )
)
