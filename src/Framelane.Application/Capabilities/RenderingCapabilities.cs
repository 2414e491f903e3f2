namespace Framelane.Application.Capabilities;

/// <summary>What this installation's renderer can do, by the names of scenes. The renderer says so itself, from its registries.</summary>
public sealed record RenderingCapabilities
{
    /// <summary>There is no renderer.</summary>
    public static readonly RenderingCapabilities None = new();

    public IReadOnlySet<string> Effects { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Motions { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Transitions { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> BlendModes { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Easings { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> ElementTypes { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> OutputFormats { get; init; } = new HashSet<string>();
}
