using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Media;

static class OutputFormats
{
    /// <summary>Whether it is one picture.</summary>
    public static bool IsStill(this OutputFormat format) => format is OutputFormat.Png or OutputFormat.Jpg;

    /// <summary>Whether it is a video with room for sound.</summary>
    public static bool IsVideo(this OutputFormat format) => format is OutputFormat.Mp4 or OutputFormat.Webm or OutputFormat.Mov;
}
