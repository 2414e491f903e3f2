using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Motions;

/// <summary>All motions of an element together.</summary>
static class Choreography
{
    public static Pose PoseAt(Layer layer, double time, int canvasWidth, int canvasHeight)
    {
        var pose = Pose.Rest;
        var stage = MotionStage.Of(layer.Placement, canvasWidth, canvasHeight);
        foreach (var motion in layer.Element.Motion.Where(motion => motion.Scope == MotionScope.Element))
        {
            if (MotionRegistry.Find(motion.Type) is { } known)
                pose = pose.And(known.At(Presence(motion, known, time), stage));
        }

        return pose;
    }

    /// <summary>An entrance is absent before it begins and at rest after it; an exit is one played backwards. Of a loop, how much of a round is over.</summary>
    public static double Presence(ElementMotion motion, IMotion known, double time)
    {
        var elapsed = (time - motion.Time - motion.Delay) / motion.Duration;
        if (known.IsLoop)
            return elapsed > 0 ? elapsed - Math.Floor(elapsed) : 0;
        var progress = motion.Loop && elapsed > 0 ? elapsed - Math.Floor(elapsed) : Math.Clamp(elapsed, 0, 1);
        var leaves = motion.Reversed ?? known.Directions == MotionDirections.Exit;
        return motion.Easing.Ease(double.IsNaN(progress) ? 1 : progress) is var eased && leaves ? 1 - eased : eased;
    }
}
