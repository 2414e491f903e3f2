using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>A slow zoom of the content within its box.</summary>
sealed class KenBurns : IMotion
{
    const double Closest = 0.2;

    public static readonly KenBurns In = new("ken_burns_in", progress => progress);
    public static readonly KenBurns Out = new("ken_burns_out", progress => 1 - progress);
    public static readonly KenBurns InOut = new("ken_burns_in_out", progress => 1 - Math.Abs(1 - 2 * progress));

    readonly Func<double, double> closeness;

    KenBurns(string name, Func<double, double> closeness) => (Name, this.closeness) = (name, closeness);

    public string Name { get; }

    public MotionDirections Directions => MotionDirections.Entrance;

    public IReadOnlyList<MotionScope> Scopes { get; } = [MotionScope.Element];

    public Pose At(double presence, in MotionStage stage) => Pose.Rest with { ContentZoom = 1 + Closest * closeness(presence) };
}
