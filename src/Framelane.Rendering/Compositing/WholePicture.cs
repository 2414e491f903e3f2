using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using Framelane.Rendering.Transitions;

namespace Framelane.Rendering.Compositing;

/// <summary>Pictures that fill the canvas pixel for pixel and hide all behind them: they are copied and not drawn, which gives the same.</summary>
static class WholePicture
{
    /// <returns>Whether it was such a picture, or two of them that give way to each other.</returns>
    public static bool TryFill(FramePlan plan, PlannedPicture picture, ISourcePictures sources, PixelBuffer target)
    {
        if (Of(plan, picture, sources) is { } whole)
        {
            whole.Bytes.CopyTo(target.Bytes);
            return true;
        }

        if (picture is PlannedTransition transition
            && Of(plan, transition.From, sources) is { } from
            && Of(plan, transition.To, sources) is { } to
            && TransitionRegistry.Get(transition.Type) is { KeepsOpaque: true } kind)
        {
            kind.Draw(from, to, transition.Progress, target);
            return true;
        }

        return false;
    }

    static PixelBuffer? Of(FramePlan plan, PlannedPicture? picture, ISourcePictures sources) =>
        picture is PlannedLayer { Opacity: 1, Element: PictureElement { Clip: false, BlendMode: BlendMode.None } element } layer
        && element is { CropLeft: 0, CropTop: 0, CropRight: 0, CropBottom: 0 }
        && sources.Of(layer) is { IsOpaque: true } source
        && Covers(layer.Placement, source, plan)
        && new LayerStyle(layer).IsPlain
        && PictureChanges.Of(layer, sources).Count == 0
            ? source
            : null;

    static bool Covers(in Placement placement, PixelBuffer source, FramePlan plan) =>
        (source.Width, source.Height) == (plan.Width, plan.Height)
        && (placement.Width, placement.Height, placement.ContentZoom) == (plan.Width, plan.Height, 1)
        && Perspective.Of(placement, plan.Width, plan.Height).IsIdentity;
}
