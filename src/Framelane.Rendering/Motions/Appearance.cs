using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>How an element looks by how much of it is there.</summary>
/// <param name="come">Between 0 and 1.</param>
delegate Pose Look(double come, in MotionStage stage);

/// <summary>Comes or goes by a look of its own; gone at 0, at rest at 1.</summary>
sealed class Appearance(string name, MotionDirections directions, IReadOnlyList<MotionScope> scopes, Look look) : IMotion
{
    public string Name => name;

    public MotionDirections Directions => directions;

    public IReadOnlyList<MotionScope> Scopes => scopes;

    public Pose At(double presence, in MotionStage stage) => presence switch
    {
        <= 0 => Pose.Gone,
        >= 1 => Pose.Rest,
        _ => look(presence, stage),
    };
}
