using System.Text.Json.Serialization;

namespace Framelane.Client;

/// <summary>Each kind of element is written with its <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(VideoElement), "video")]
[JsonDerivedType(typeof(AudioElement), "audio")]
[JsonDerivedType(typeof(ImageElement), "image")]
[JsonDerivedType(typeof(TextElement), "text")]
[JsonDerivedType(typeof(CompositionElement), "composition")]
public abstract partial class SceneElement;
