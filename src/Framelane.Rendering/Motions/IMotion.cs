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

/// <summary>What a motion sees of its surroundings, in pixels: the canvas, and the element's unturned box on it.</summary>
public readonly record struct MotionStage(double CanvasWidth, double CanvasHeight, double Left, double Top, double Right, double Bottom)
{
    /// <summary>Whether the element is a character of a text; its canvas and its box are then an em.</summary>
    public bool IsCharacter { get; init; }

    /// <summary>The shorter side of what may be seen of the box.</summary>
    public double Shorter => Math.Min(Math.Min(Right - Left, CanvasWidth), Math.Min(Bottom - Top, CanvasHeight));
}
