"""How far a dossier is: asked by kiosks, known from an import or from a one-stop system."""
