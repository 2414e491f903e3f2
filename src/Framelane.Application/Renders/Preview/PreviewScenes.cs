using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Common;

namespace Framelane.Application.Renders.Preview;

/// <summary>The scenes that previews are made of: the one that was sent, made small.</summary>
public static class PreviewScenes
{
    /// <summary>A png of the frame that is asked for; of a sheet, one that is as large as a cell. Transparent only where the output is.</summary>
    public static CreateRenderRequest Picture(CreateRenderRequest scene, PreviewView view)
    {
        var (columns, rows) = view.Sheet is { } sheet ? (sheet.Columns, sheet.Rows) : (1, 1);
        var width = Math.Min(view.MaxWidth ?? (view.Sheet is null ? PreviewView.FrameWidth : PreviewView.CellWidth), PreviewView.LongestSide / columns);
        return Smaller(scene, width, PreviewView.LongestSide / rows) with
        {
            OutputFormat = OutputFormat.Png,
            BackgroundColor = SceneBackground.IsKeptOpen(scene) ? scene.BackgroundColor : SceneBackground.OverBlack(scene.BackgroundColor),
            FrameAt = view.Sheet is null ? view.At ?? scene.FrameAt : null,
        };
    }

    /// <summary>A video of it all: small, coarse, and with few frames a second. What is transparent stays so. Of a scene that only a still may be of there is none.</summary>
    public static Result<CreateRenderRequest> Draft(CreateRenderRequest scene, PreviewView view)
    {
        if (SceneTimes.TooLong(scene) is { } end)
            return PreviewErrors.TooLong(end);
        var side = view.MaxWidth ?? PreviewView.DraftSide;
        return Smaller(scene, side, side, CreateRenderRequest.MinSide) with
        {
            OutputFormat = scene.Alpha ? scene.OutputFormat : OutputFormat.Mp4,
            FrameRate = Math.Min(scene.FrameRate, PreviewView.DraftRate),
            Quality = RenderQuality.Draft,
            FrameAt = null,
        };
    }

    static CreateRenderRequest Smaller(CreateRenderRequest scene, double width, double height, int leastSide = 1) =>
        SceneScale.By(scene, SceneScale.Within(scene, width, height), leastSide);
}
