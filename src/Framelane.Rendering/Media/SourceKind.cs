using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

/// <summary>What an element takes its source for.</summary>
public enum SourceKind
{
    Video,
    Image,
    Audio,
}

public static class SourceKinds
{
    /// <summary>Holds a source to what its element takes it for.</summary>
    /// <param name="element">How the element is named in messages.</param>
    /// <exception cref="MediaException">It is something else.</exception>
    public static MediaFacts Expect(this MediaFacts facts, SourceKind kind, string element) => kind switch
    {
        SourceKind.Video when facts.Picture is null => throw Invalid($"The source of {element} has no video."),
        SourceKind.Video when facts.IsStill => throw Invalid($"The source of {element} is a still image, not a video."),
        SourceKind.Image when facts.Picture is null => throw Invalid($"The source of {element} is no image."),
        SourceKind.Audio when facts.Sound is null => throw Invalid($"The source of {element} has no sound."),
        _ => facts,
    };

    static MediaException Invalid(string message) => new(MediaErrorCodes.InvalidSource, message);
}
