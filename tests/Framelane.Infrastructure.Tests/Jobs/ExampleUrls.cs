using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Tests.Jobs;

sealed class ExampleUrls : IPublicUrls
{
    public Uri Of(string path) => new("https://api.example.com/" + path);
}
