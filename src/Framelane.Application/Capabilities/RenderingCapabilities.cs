namespace Framelane.Application.Capabilities;

/// <summary>What this installation's renderer can do, by the names of scenes. The renderer says so itself, from its registries.</summary>
public sealed record RenderingCapabilities
{
    /// <summary>There is no renderer.</summary>
    public static readonly RenderingCapabilities None = new();

    public IReadOnlySet<string> Effects { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Motions { get; init; } = new HashSet<string>();

    /// <summary>Those of <see cref="Motions"/> that move a text character by character.</summary>
    public IReadOnlySet<string> CharacterMotions { get; init; } = new HashSet<string>();

    /// <summary>Styles of word animations.</summary>
    public IReadOnlySet<string> WordAnimations { get; init; } = new HashSet<string>();

    /// <summary>Named entrances of texts.</summary>
    public IReadOnlySet<string> TextPresets { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Transitions { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> BlendModes { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Easings { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> ElementTypes { get; init; } = new HashSet<string>();

    /// <summary>Why no text can be set, a sentence; null where texts can be.</summary>
    public string? TextFault { get; init; }

    /// <summary>What texts can be set in.</summary>
    public IReadOnlyList<FontFamilyCapability> Fonts { get; init; } = [];

    public IReadOnlySet<string> OutputFormats { get; init; } = new HashSet<string>();
}

/// <summary>A family of fonts, and from which weight to which it has them.</summary>
public sealed record FontFamilyCapability(string Name, int Lightest, int Heaviest, bool HasItalics);
