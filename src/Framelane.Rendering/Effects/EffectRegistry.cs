namespace Framelane.Rendering.Effects;

/// <summary>Every effect that can be rendered: a new one is its class and its line here.</summary>
static class EffectRegistry
{
    public static IReadOnlyList<IEffect> All { get; } =
    [
        new Invert(),
        new Sepia(),
        new Posterize(),
        new Mosaic(),
        new RgbSplit(),
        new ChromaKey(),
    ];

    static readonly Dictionary<string, IEffect> ByName = All.ToDictionary(effect => effect.Name);

    public static IEffect? Find(string name) => ByName.GetValueOrDefault(name);
}
