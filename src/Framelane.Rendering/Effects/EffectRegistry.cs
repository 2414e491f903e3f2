using Framelane.Rendering.Effects.Color;
using Framelane.Rendering.Effects.Film;
using Framelane.Rendering.Effects.Lens;
using Framelane.Rendering.Effects.Light;
using Framelane.Rendering.Effects.Print;
using Framelane.Rendering.Effects.Signal;

namespace Framelane.Rendering.Effects;

/// <summary>Every effect that can be rendered: a new one is its class and its line here.</summary>
static class EffectRegistry
{
    public static IReadOnlyList<IEffect> All { get; } =
    [
        new Invert(),
        new Sepia(),
        new Duotone(),
        new Thermal(),
        new NightVision(),
        new ChromaKey(),
        FilmLooks.Vintage,
        FilmLooks.Portra,
        FilmLooks.Filmic,
        FilmLooks.CrossProcess,
        FilmLooks.BleachBypass,
        new Polaroid(),
        new Super8(),
        new AddGrain(),
        new BoxBlurEffect(),
        LensBlur.Whole,
        LensBlur.Surroundings,
        new ChromaticAberration(),
        new OpticsCompensation(),
        new Prism(),
        new DisplacementMap(),
        new Viewfinder(),
        new Glow(),
        new LensFlare(),
        new LightLeaks(),
        new FilmBurn(),
        new StrobeLight(),
        new Snow(),
        new Posterize(),
        Mosaic.Plain,
        Mosaic.Blurred,
        Mosaic.Posterized,
        Halftone.FourInks,
        Halftone.Blue,
        Halftone.Green,
        Halftone.Red,
        new RgbSplit(),
        new Ghosting(),
        new Echo(),
        new Scanlines(),
        new Vhs(),
        new VhsOverlay(),
        new Crt(),
        new Television(),
        new Glitch(),
        new CompressionGlitch(),
    ];

    static readonly Dictionary<string, IEffect> ByName = All.ToDictionary(effect => effect.Name);

    public static IEffect? Find(string name) => ByName.GetValueOrDefault(name);
}
