using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Framelane.Infrastructure.Configuration;

namespace Framelane.Infrastructure.Storage;

static class S3Client
{
    /// <summary>Amazon's first region, which other servers take for their own where they have none.</summary>
    const string DefaultRegion = "us-east-1";

    public static IAmazonS3 Create(S3Options options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle,
            // Checksums in trailers are more than many servers know; each part is signed with its digest all the same.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        else
        {
            config.ServiceURL = options.Endpoint;
            config.AuthenticationRegion = options.Region ?? DefaultRegion;
        }

        return string.IsNullOrEmpty(options.AccessKey)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }
}
