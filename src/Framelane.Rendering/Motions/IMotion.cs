using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Motions;

/// <summary>How an element comes, goes or moves.</summary>
public interface IMotion
{
    /// <summary>As it is written in a scene.</summary>
    string Name { get; }

    MotionDirections Directions { get; }

    /// <summary>Whether it is a round that begins again until the element's end: at its own pace, which no easing changes.</summary>
    bool IsLoop => false;

    /// <summary>What it may move.</summary>
    IReadOnlyList<MotionScope> Scopes { get; }

    /// <param name="presence">0 where the element has not come or is gone, 1 at rest; eased.</param>
    Pose At(double presence, in MotionStage stage);
}

[Flags]
public enum MotionDirections
{
    Entrance = 1,
    Exit = 2,
    Both = Entrance | Exit,
}
