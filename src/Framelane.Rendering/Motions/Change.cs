using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions.Finishes;
using SkiaSharp;

namespace Framelane.Rendering.Motions;

/// <summary>Entrances and exits that do something to the picture.</summary>
static class Change
{
    // Pictures that a glitch tears while it settles.
    const int Tears = 12;

    static readonly MotionScope[] ElementOnly = [MotionScope.Element], Both = [MotionScope.Element, MotionScope.Character];

    /// <summary>Comes into focus while it fades in.</summary>
    public static readonly Appearance Blur = new("blur", MotionDirections.Entrance, Both, (double come, in MotionStage stage) =>
        Pose.Rest with { Finish = new SoftFocus((stage.IsCharacter ? 0.3 : 0.05) * stage.Shorter * (1 - come)), Opacity = Math.Min(1, come * 3) });

    /// <summary>An explosion backwards: pieces fly together.</summary>
    public static readonly Appearance Explode = new("explode", MotionDirections.Entrance, Both, (double come, in MotionStage stage) =>
        Pose.Rest with { Finish = new Shards(1 - come, (stage.IsCharacter ? 1 : 0.6) * stage.CanvasWidth, stage.IsCharacter ? 12 : 160), Opacity = Math.Min(1, come * 6) });

    /// <summary>Turns to dust that drifts up and away.</summary>
    public static readonly Appearance Evaporate = new("evaporate", MotionDirections.Exit, Both, (double come, in MotionStage stage) =>
        Pose.Rest with { Finish = new Dust(1 - come, (stage.IsCharacter ? 1.2 : 0.3) * stage.CanvasHeight, stage.CanvasHeight / (stage.IsCharacter ? 20 : 240)) });

    /// <summary>Blends in as overlay, and turns into itself.</summary>
    public static readonly Appearance Overlay = Blended("overlay", SKBlendMode.Overlay);

    /// <summary>Blends in as difference, and turns into itself.</summary>
    public static readonly Appearance Difference = Blended("difference", SKBlendMode.Difference);

    /// <summary>Pops up torn, and tears less and less.</summary>
    public static readonly Appearance GlitchPop = new("glitch_pop", MotionDirections.Entrance, Both, (double come, in MotionStage _) =>
        Pose.Rest with { Finish = new Tear(1 - come, (int)(come * Tears)), Scale = 0.8 + 0.2 * Curves.Overshoot(Math.Min(1, come * 1.6)), Opacity = Math.Min(1, come * 10) });

    // For the first half the blend fades in; in the second it gives way.
    static Appearance Blended(string name, SKBlendMode mode) => new(name, MotionDirections.Entrance, ElementOnly, (double come, in MotionStage _) =>
        Pose.Rest with { Finish = new BlendIn(mode, Math.Max(0, 2 * come - 1)), Opacity = Math.Min(1, 2 * come) });
}
