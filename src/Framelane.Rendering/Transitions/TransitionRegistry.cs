using Framelane.Rendering.Transitions.Colors;
using Framelane.Rendering.Transitions.Spaces;
using Framelane.Rendering.Transitions.Warps;
using Framelane.Rendering.Transitions.Wipes;

namespace Framelane.Rendering.Transitions;

/// <summary>Every transition that can be rendered: a new one is its class and its line here.</summary>
public static class TransitionRegistry
{
    public static IReadOnlyList<ITransition> All { get; } =
    [
        new CrossDissolve(),
        new DipToBlack(),
        new DipToWhite(),
        new ColorPhase(),
        new Burn(),
        Wipe.Left,
        Wipe.Right,
        Wipe.Up,
        Wipe.Down,
        Wipe.Diagonal,
        BarnDoors.Horizontal,
        BarnDoors.Vertical,
        Circle.Iris,
        Circle.Open,
        new Heart(),
        new BoxWipe(),
        new BandWipe(),
        new WindowSlice(),
        Angular.Clock,
        Angular.Pinwheel,
        new SquaresWire(),
        new Crosshatch(),
        new GradientWipe(),
        new Swirl(),
        new WaterDrop(),
        new Dreamy(),
        new CrossZoom(),
        new GlitchMemories(),
        new Cube(),
        new Doorway(),
        new PageTurn(),
    ];

    /// <summary>Other names, which the contract accepts.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string> { ["fade"] = "cross_dissolve" };

    static readonly Dictionary<string, ITransition> ByName = All.ToDictionary(transition => transition.Name);

    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ITransition Get(string name) => Find(name) ?? throw new ArgumentException($"There is no transition {name}.", nameof(name));

    public static ITransition? Find(string name) => ByName.GetValueOrDefault(Aliases.GetValueOrDefault(name, name));
}
