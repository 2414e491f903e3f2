using System.Text.Json;
using Framelane.Application.Common;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Framelane.Infrastructure.Persistence.Model;

/// <summary>Values that are read and written whole are stored as JSON.</summary>
static class JsonProperties
{
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property) => property.HasConversion<JsonConverter<T>, JsonComparer<T>>();

    internal sealed class JsonConverter<T>() : ValueConverter<T, string>(
        value => JsonSerializer.Serialize(value, WireJson.Options),
        json => JsonSerializer.Deserialize<T>(json, WireJson.Options)!);

    /// <summary>The values never change in place: they are replaced.</summary>
    internal sealed class JsonComparer<T>() : ValueComparer<T>(
        (left, right) => ReferenceEquals(left, right),
        value => value == null ? 0 : value.GetHashCode(),
        value => value);
}
