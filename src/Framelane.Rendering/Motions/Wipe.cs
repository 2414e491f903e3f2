using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions.Finishes;

namespace Framelane.Rendering.Motions;

/// <summary>Uncovered in its place by an edge that moves in the direction of the name.</summary>
sealed class Wipe : IMotion
{
    public static readonly Wipe Left = new("wipe_left", Way.Left);
    public static readonly Wipe Right = new("wipe_right", Way.Right);
    public static readonly Wipe Up = new("wipe_up", Way.Up);
    public static readonly Wipe Down = new("wipe_down", Way.Down);

    readonly Way way;

    Wipe(string name, Way way) => (Name, this.way) = (name, way);

    public string Name { get; }

    public MotionDirections Directions => MotionDirections.Both;

    public IReadOnlyList<MotionScope> Scopes { get; } = [MotionScope.Element];

    public Pose At(double presence, in MotionStage stage) => presence switch
    {
        <= 0 => Pose.Gone,
        >= 1 => Pose.Rest,
        _ => Pose.Rest with { Finish = new Edge(way, presence) },
    };
}
